import { expect, test } from 'vitest'
import type { Row } from '../protocol.ts'
import { makeLadder, maxLanes, maxRows } from './ladder.ts'

let lastId = 0
const row = (fields: Partial<Row>): Row => ({
  id: ++lastId,
  at: 0,
  connection: 1,
  direction: 'up',
  transport: 'polling',
  kind: 'http.request',
  bytes: 100,
  meaning: 'GET /',
  heartbeat: false,
  asset: false,
  ...fields,
})
const meanings = (ladder: ReturnType<typeof makeLadder>) => ladder.shown.map(({ meaning }) => meaning)
const add = (ladder: ReturnType<typeof makeLadder>, ...rows: Row[]) => ladder.add({ missed: 0, rows })

/** A poll and its answer, and what the answer carried. */
const poll = (exchange: number, name: string, ...carried: Partial<Row>[]): Row[] => {
  const request = row({ exchange, meaning: `${name} asked` })
  const answer = row({ exchange, meaning: `${name} answered`, direction: 'down', kind: 'http.response' })
  return [request, answer, ...carried.map((fields) => row({ exchange, within: answer.id, ...fields }))]
}

test('heartbeats are hidden with the poll that carried nothing else, and come back', () => {
  const ladder = makeLadder()
  const ping = { heartbeat: true, meaning: 'ping' }
  add(ladder, ...poll(1, 'quiet', ping), ...poll(2, 'loud', { meaning: 'hello' }))
  add(ladder, ...poll(3, 'both', ping, { meaning: 'news' }), row({ heartbeat: true, meaning: 'alone' }))
  expect(meanings(ladder)).toEqual([
    'loud asked',
    'loud answered',
    'hello',
    'both asked',
    'both answered',
    'news',
  ])
  ladder.setFilter({ heartbeats: true })
  expect(ladder.shown.length).toBe(ladder.total)
  ladder.setFilter({ heartbeats: false })
  expect(ladder.shown.length).toBe(6)
})

test('assets are hidden, and a text picks rows whatever its case', () => {
  const ladder = makeLadder()
  add(ladder, row({ asset: true, meaning: 'GET /static/style.css' }), row({ meaning: 'new message · Hi' }))
  expect(meanings(ladder)).toEqual(['new message · Hi'])
  ladder.setFilter({ assets: true, text: 'STYLE' })
  expect(meanings(ladder)).toEqual(['GET /static/style.css'])
})

test('a connection keeps its lane, and leaves it to the next one', () => {
  const ladder = makeLadder()
  add(ladder, row({ connection: 1 }), row({ connection: 2 }), row({ connection: 1 }))
  expect(ladder.shown.map(({ lane }) => lane)).toEqual([0, 1, 0])
  add(ladder, row({ connection: 1, kind: 'wire.closed' }), row({ connection: 3 }), row({ connection: 0 }))
  expect(ladder.shown.slice(3).map(({ lane }) => lane)).toEqual([0, 0, -1])
  add(ladder, ...Array.from({ length: 20 }, (_, index) => row({ connection: 10 + index })))
  expect(ladder.lanes).toBe(maxLanes)
  expect(Math.max(...ladder.shown.map(({ lane }) => lane))).toBe(maxLanes - 1)
})

test('while it is paused nothing moves, and then nothing is lost', () => {
  const ladder = makeLadder()
  add(ladder, row({ meaning: 'before' }))
  ladder.pause(true)
  add(ladder, row({ meaning: 'meanwhile' }))
  expect(meanings(ladder)).toEqual(['before'])
  expect(ladder.waiting).toBe(1)
  ladder.pause(false)
  expect(meanings(ladder)).toEqual(['before', 'meanwhile'])
})

test('it keeps the newest rows, and says how many it has missed', () => {
  const ladder = makeLadder()
  for (let i = 0; i < 12; i++) add(ladder, ...Array.from({ length: maxRows / 10 }, () => row({})))
  expect(ladder.total).toBeLessThanOrEqual(maxRows)
  expect(ladder.shown.length).toBe(ladder.total)
  expect(ladder.shown.at(-1)?.id).toBe(lastId)
  ladder.add({ missed: 1_234, rows: [row({ meaning: 'after the gap' })] })
  expect(meanings(ladder).slice(-2)).toEqual([
    '1,234 rows went by before this page could show them',
    'after the gap',
  ])
})
