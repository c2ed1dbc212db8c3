import { expect, test } from 'vitest'
import {
  beganAt,
  describePace,
  dueMs,
  formatDuration,
  formatTime,
  leftMs,
  offMs,
  sectionEndMs,
} from './pace.ts'

const minute = 60_000
const minutes = [0, 2, 5, 1]

test('a slide is due when all before it are over', () => {
  expect(minutes.map((_, at) => dueMs(minutes, at) / minute)).toEqual([0, 0, 2, 7])
})

test('a section ends with its last slide', () => {
  const sections = ['Opening', 'Opening', '01', '99']
  expect(minutes.map((_, at) => sectionEndMs(minutes, sections, at) / minute)).toEqual([2, 2, 7, 8])
})

test.each([
  [2, 1.1, 'on time'], // less than a minute is nothing
  [2, 1, '1 minute ahead'],
  [2, 4, 'on time'],
  [2, 7, 'on time'],
  [2, 7.9, 'on time'],
  [2, 8, '1 minute behind'],
  [2, 10, '3 minutes behind'],
  [3, 4, '3 minutes ahead'],
])('slide %d after %d minutes: %s', (at, elapsed, words) => {
  expect(describePace(offMs(minutes, at, elapsed * minute))).toBe(words)
})

test('a lesson goes on where it was, unless it was on another day', () => {
  const now = 1_800_000_000_000
  expect(beganAt(null, now)).toBeUndefined()
  expect(beganAt('no number', now)).toBeUndefined()
  expect(beganAt(String(now - 90 * minute), now)).toBe(now - 90 * minute)
  expect(beganAt(String(now - 16 * 60 * minute), now)).toBeUndefined()
})

test('the minutes of a slide run on, and begin again in another room', () => {
  const now = 1_800_000_000_000
  const leftAfter = (began: number) => leftMs(4, String(now - began * minute), now)
  expect([0, 1, 5, 33].map(leftAfter)).toEqual([4, 3, -1, -29].map((left) => left * minute))
  expect([leftAfter(34), leftAfter(-1), leftMs(4, null, now), leftMs(4, 'no number', now)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('a duration has hours when there are any, and a sign below zero', () => {
  expect([0, 65_000, 3_723_000, -5_000].map(formatDuration)).toEqual(['0:00', '1:05', '1:02:03', '−0:05'])
})

test('the time of day is in the place where one is', () => {
  expect(formatTime(new Date(2026, 10, 28, 9, 5, 59).getTime())).toBe('09:05')
})
