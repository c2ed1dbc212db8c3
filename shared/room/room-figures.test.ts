import { expect, test } from 'vitest'
import { steps } from '../course/course.ts'
import { allowance } from './allowance.ts'
import { questionsIn } from './course-on-board.ts'
import { plainLines } from './call-room.ts'
import { roomUrl } from './membership.ts'
import type { Person } from './room-events.ts'
import {
  agendas,
  askedForHelp,
  barOf,
  behindMs,
  behindPlace,
  dueSteps,
  roomStep,
  silent,
  since,
} from './room-figures.ts'

const minute = 60_000
const course = steps.map(({ number, title, minutes }) => {
  return { number, title, minutes, tasks: 5, checkpoints: 2, rungs: 3, quiz: [] }
})

function person(id: number, told: Partial<Person>): Person {
  const empty = {
    name: `p${id}`,
    isHere: true,
    tasks: {},
    done: {},
    joinedAt: 0,
    passedAt: 0,
    heardAt: 0,
    unread: 0,
  }
  return { id, ...empty, ...told }
}

const room = [
  person(1, { step: 2, done: { 1: 4 * minute }, helpAt: 900 }),
  person(2, { step: 1, isHere: false }),
  person(3, { step: 3, done: { 1: 6 * minute, 2: 16 * minute }, helpAt: 300 }),
  person(4, { step: 3, done: { 1: 5 * minute, 2: 20 * minute }, joinedAt: 10 * minute }),
]

test('the bar counts who has passed, and the median of those who did it in this room', () => {
  expect(barOf(room, 1)).toEqual({ passed: 3, medianMs: 6 * minute }) // the fourth came with step 1 behind them
  expect(barOf(room, 2)).toEqual({ passed: 2, medianMs: 10 * minute })
  expect(barOf([], 2)).toEqual({ passed: 0, medianMs: undefined })
  expect([roomStep(room, course), roomStep(room, course, 4), roomStep([], course)]).toEqual([3, 4, undefined])
})

test('the agenda of part one has an opening of four minutes, and knows who is behind it', () => {
  const due = dueSteps(course, 1, 0)
  expect(due.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect([due[0]?.begins, due.at(-1)?.ends]).toEqual([4 * minute, 93 * minute]) // 0:04 and 1:33 in INSTRUCTOR.md
  expect(dueSteps(course, 8, 0)[0]).toMatchObject({ step: 8, begins: 0 })
  const [, second] = due
  const at = (now: number) => behindMs(due, 2, now)
  expect(at((second?.ends ?? 0) + minute)).toBe(minute)
  expect(at((second?.begins ?? 0) - minute)).toBe(-minute)
  expect(at(second?.begins ?? 0)).toBe(0)
  expect(behindMs(due, 9, 0)).toBeUndefined()
})

test('each step is due in one agenda, and no agenda is empty', () => {
  const due = agendas.map(({ first }) => dueSteps(course, first, 0).map(({ step }) => step))
  expect(due.flat()).toEqual(steps.map(({ number }) => number))
  expect(due.map(([first]) => first)).toEqual(agendas.map(({ first }) => first))
})

test('who asked first comes first, who is away is silent, who is at an earlier step can come along', () => {
  expect(askedForHelp(room).map(({ id }) => id)).toEqual([3, 1])
  expect(silent(room, 5 * minute).map(({ id }) => id)).toEqual([2])
  expect(silent(room, 5 * minute - 1)).toEqual([])
  expect(behindPlace(room, { step: 3 }).map(({ id }) => id)).toEqual([1, 2])
  expect(behindPlace(room)).toEqual([])
  expect([0, 59_999, minute, 119 * minute, 120 * minute].map(since)).toEqual([
    'just now',
    'just now',
    '1 min',
    '119 min',
    '2 h',
  ])
})

test('an allowance is each name’s own, and asking whether there is one costs nothing', () => {
  const may = allowance(2, 0)
  expect([may('a'), may('a', 0), may('a'), may('a'), may('a', 0), may('b')]).toEqual([
    true,
    true,
    true,
    false,
    false,
    true,
  ])
})

test('an address is taken as people type it, a quiz without its answers, a word without what rewrites a terminal', () => {
  expect(
    ['192.168.1.23:3500', '192.168.1.23', 'https://x.example/', 'http://10.0.0.1:80/#abc'].map(roomUrl),
  ).toEqual(['http://192.168.1.23:3500', 'http://192.168.1.23:3400', 'https://x.example', 'http://10.0.0.1'])
  expect(() => roomUrl('not an address')).toThrow('is no address of a room')
  const lesson =
    '## Quiz\n\nWho\nhears `it`?\n\n<details><summary>Answer</summary>\n\nAnn? No.\n\n</details>\n\n## What'
  expect(questionsIn(lesson)).toEqual(['Who hears it?'])
  expect(plainLines('a\u001b[2Jb\nc\u202E')).toEqual(['a[2Jb', 'c'])
})
