import { expect, test } from 'vitest'
import type { Row } from '../protocol.ts'
import { makeLadder, maxRows } from './ladder.ts'
import { describeWay } from './ladder-row.tsx'

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
  guest: 'Ann',
  ...fields,
})
type Ladder = ReturnType<typeof makeLadder>
const meanings = (ladder: Ladder) => ladder.shown.map(({ meaning }) => meaning)
const names = (ladder: Ladder) => ladder.lanes.map(({ name }) => name)
const add = (ladder: Ladder, ...rows: Row[]) => ladder.add({ missed: 0, rows })
const message = (fields: Partial<Row>) => row({ kind: 'socket.event', transport: 'websocket', ...fields })

/** A poll and its answer, and what the answer carried. */
const poll = (exchange: number, name: string, ...carried: Partial<Row>[]): Row[] => {
  const request = row({ exchange, meaning: `${name} asked` })
  const answer = row({ exchange, meaning: `${name} answered`, direction: 'down', kind: 'http.response' })
  return [request, answer, ...carried.map((fields) => row({ exchange, within: answer.id, ...fields }))]
}

test('heartbeats are hidden with the poll that carried nothing else, and come back', () => {
  const ladder = makeLadder()
  const ping: Partial<Row> = { heartbeat: true, meaning: 'ping', kind: 'engine.ping' }
  const news: Partial<Row> = { kind: 'socket.event' }
  add(ladder, ...poll(1, 'quiet', ping), ...poll(2, 'loud', { ...news, meaning: 'hello' }))
  add(
    ladder,
    ...poll(3, 'both', ping, { ...news, meaning: 'news' }),
    row({ heartbeat: true, meaning: 'alone' }),
  )
  expect(meanings(ladder)).toEqual([
    'loud asked',
    'loud answered',
    'hello',
    'both asked',
    'both answered',
    'news',
  ])
  ladder.setFilter({ hidden: new Set() })
  expect(ladder.shown.length).toBe(ladder.total)
  ladder.setFilter({ hidden: new Set(['heartbeats']) })
  expect(ladder.shown.length).toBe(6)
})

test('what is not chosen is hidden: a sort, a person, and all that has not these letters', () => {
  const ladder = makeLadder()
  const [style, said] = [{ asset: true, meaning: 'GET /static/style.css' }, { meaning: 'new message “Hi”' }]
  add(ladder, row(style), message(said), ...poll(1, 'a poll'), message({ guest: 'Ben', meaning: 'typing' }))
  ladder.setFilter({ hidden: new Set(['assets', 'polls']) })
  expect(meanings(ladder)).toEqual(['new message “Hi”', 'typing'])
  ladder.setFilter({ away: new Set(['Ben']) })
  expect(meanings(ladder)).toEqual(['new message “Hi”'])
  ladder.setFilter({ hidden: new Set(), text: 'STYLE' })
  expect(meanings(ladder)).toEqual(['GET /static/style.css'])
})

test('Ann and Ben have life lines from the start, others share one, until it is unfolded', () => {
  const ladder = makeLadder()
  ladder.setWindows(['Ann', 'Ben'])
  expect(names(ladder)).toEqual(['Ann', 'Ben'])
  add(ladder, row({ guest: 'curl' }))
  expect(names(ladder)).toEqual(['Ann', 'Ben', 'curl'])
  add(ladder, row({ guest: 'Firefox' }))
  expect(names(ladder)).toEqual(['Ann', 'Ben', '2 others'])
  ladder.unfold(true)
  expect(names(ladder)).toEqual(['Ann', 'Ben', 'curl', 'Firefox'])
})

test('without windows of the page’s own, who comes first stands at the sides', () => {
  const ladder = makeLadder()
  add(ladder, ...['Chrome', 'curl', 'node', 'Firefox'].map((guest) => row({ guest })))
  expect(names(ladder)).toEqual(['Chrome', 'curl', '2 others'])
})

test('a life line changes with what carries the messages: a session, the upgrade, the end', () => {
  const ladder = makeLadder()
  const steps: [Partial<Row>, string | undefined, boolean][] = [
    [{ exchange: 1 }, undefined, true],
    [{ exchange: 1, kind: 'http.response', direction: 'down' }, undefined, false],
    [{ exchange: 1, kind: 'engine.open', direction: 'down' }, 'polling', false],
    [{ exchange: 2 }, 'polling', true],
    [{ exchange: 3, kind: 'http.upgrade', connection: 2, transport: 'websocket' }, 'polling', true],
    [{ exchange: 2, kind: 'http.response', direction: 'down' }, 'polling', false],
    [{ kind: 'engine.upgrade', connection: 2, transport: 'websocket' }, 'websocket', false],
    [{ kind: 'wire.closed', connection: 2, transport: 'websocket' }, undefined, false],
  ]
  ladder.setFilter({ hidden: new Set() })
  for (const [fields, carrier, isHeld] of steps) {
    add(ladder, row(fields))
    const { carriers, held } = ladder.shown.at(-1)!.after
    expect([fields, carriers.get('Ann'), held.has('Ann')]).toEqual([fields, carrier, isHeld])
  }
})

test('each page is at the server of its session, whatever carries it, and at none after its end', () => {
  const ladder = makeLadder()
  const open = (server: number): Partial<Row> => ({
    exchange: 1,
    kind: 'engine.open',
    direction: 'down',
    server,
  })
  const down: Partial<Row> = { exchange: 2, kind: 'http.response', direction: 'down' }
  const socket: Partial<Row> = { exchange: 3, kind: 'http.upgrade', connection: 2, transport: 'websocket' }
  const steps: [Partial<Row>, number[]][] = [
    [{ exchange: 1, server: 2 }, []],
    [open(2), [2]],
    [{ exchange: 2 }, [2]],
    [{ ...down, meaning: '400 Bad Request', server: 3 }, []], // the server is gone: another one does not know the session
    [open(3), [3]],
    [{ ...socket, server: 3 }, [3]],
    [{ kind: 'engine.upgrade', connection: 2, transport: 'websocket', server: 3 }, [3]],
    [{ kind: 'wire.closed', connection: 2, transport: 'websocket' }, []],
    [{ exchange: 4, transport: 'websocket', connection: 5 }, []], // a page without polling, and a second one of hers
    [{ ...socket, exchange: 4, connection: 5, server: 1 }, [1]],
    [{ exchange: 5, transport: 'websocket', connection: 6 }, [1]],
    [{ ...socket, exchange: 5, connection: 6, server: 1 }, [1, 1]],
  ]
  ladder.pause(true) // a paused diagram does not say where people were
  for (const [fields, servers] of steps) {
    add(ladder, row({ exchange: 3 }), row(fields))
    expect([fields, ladder.servers.get('Ann') ?? []]).toEqual([fields, servers])
  }
})

test('a question that is broken off is not held for ever', () => {
  const ladder = makeLadder()
  add(ladder, row({ exchange: 1 }), row({ kind: 'wire.reset' }))
  expect(ladder.shown.at(-1)!.after.held.size).toBe(0)
})

test('silence is a band, which says so when it was not silent', () => {
  const ladder = makeLadder()
  const [before, ping, after] = [
    message({ at: 0 }),
    message({ at: 1_000, heartbeat: true }),
    message({ at: 2_500 }),
  ]
  add(ladder, before, message({ at: 900 }))
  expect(ladder.shown.map(({ silence }) => silence)).toEqual([undefined, undefined])
  ladder.forget()
  add(ladder, { ...before, id: 1 }, { ...ping, id: 2 }, { ...after, id: 3 }, message({ id: 4, at: 3_600 }))
  expect(ladder.shown.map(({ silence }) => silence)).toEqual([
    undefined,
    { ms: 2_500, hidden: 1 },
    undefined,
    { ms: 1_100, hidden: 0 },
    undefined,
  ])
})

test('from whom to whom, and by what, is told in words', () => {
  const ladder = makeLadder()
  add(
    ladder,
    message({}),
    message({ direction: 'down', transport: 'polling' }),
    message({ kind: 'wire.reset' }),
  )
  expect(ladder.shown.map(describeWay)).toEqual([
    'Ann to server, WebSocket, ',
    'server to Ann, polling, ',
    'Ann, WebSocket, ',
  ])
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
