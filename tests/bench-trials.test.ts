import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '#shared/course/course'
import { programFolder } from './support/folders.ts'
import { troubles } from '../bench/findings.ts'
import { thisMachine } from '../bench/machine.ts'
import { offBy, type Result, resultFormat } from '../bench/result.ts'
import { openRoom, type Part, type Room, type RoomOptions } from '../bench/trial.ts'
import { keepRows } from '../bench/result-rows.ts'
import { isTransport, transports } from '../bench/transports.ts'

const names = Object.keys(transports).filter(isTransport)
const guests = 4
const messages = 12

async function room(options: RoomOptions): Promise<Room> {
  const opened = await openRoom(options)
  onTestFinished(() => opened.close())
  return opened
}

test.for(['websocket', 'upgrade', 'polling'] as const)(
  '%s: the count is what the formula says',
  async (transport) => {
    const chat = await room({ transport })
    await chat.enter(guests)
    const part = await chat.lockstep(messages, 1)
    const { requests, bytesUp, bytesDown } = part
    expect(part).toMatchObject({ said: messages, delivered: messages * guests, lost: 0, doubled: 0 })
    // A guest's id has always 20 letters, and so nothing here hangs on the day.
    expect({ requests, bytesUp, bytesDown }).toEqual(part.predicted)
  },
)

test.for(names)('%s: the wire has counted what the server’s own sockets have', async (transport) => {
  const chat = await room({ transport })
  const parts = [await chat.enter(guests)]
  if (!transport.startsWith('plain')) {
    parts.push(await chat.lockstep(messages, 1), await chat.burst(messages, 1), await chat.leave())
  } else {
    parts.push(await chat.leave())
  }
  const sum = (pick: (part: Part) => number | undefined) =>
    parts.reduce((total, part) => total + (pick(part) ?? NaN), 0)
  expect(sum(({ bytesUp }) => bytesUp)).toBe(sum(({ server }) => server?.bytesUp))
  expect(sum(({ bytesDown }) => bytesDown)).toBe(sum(({ server }) => server?.bytesDown))
  expect(sum(({ bytesUp }) => bytesUp)).toBeGreaterThan(500)
})

test.for(names)('%s: who talks by the clock is heard by everybody, once', async (transport) => {
  const chat = await room({ transport })
  await chat.enter(guests)
  const part = await chat.talk({ windowMs: 600, leadMs: 200, messagesPerSecond: 20 }, 1)
  expect(part).toMatchObject({ said: 12, lost: 0, doubled: 0 })
  expect(part.latenciesMs).toHaveLength(12 * guests)
})

test('a burst shares its answers: long-polling needs less than a request a message', async () => {
  const chat = await room({ transport: 'polling' })
  await chat.enter(guests)
  const part = await chat.burst(50, 1)
  expect(part).toMatchObject({ said: 50, delivered: 50 * guests, lost: 0 })
  expect(part.requests).toBeLessThan(50)
})

test('a bare client sends a third of the bytes, over a connection for each request', async () => {
  const parts: Part[] = []
  for (const bare of [false, true]) {
    const chat = await room({ transport: 'polling', bare })
    await chat.enter(guests)
    parts.push(await chat.lockstep(messages, 1))
  }
  const [asBrowser, bare] = parts
  expect(bare?.requests).toBe(asBrowser?.requests)
  expect(bare?.bytesUp).toBeLessThan((asBrowser?.bytesUp ?? 0) / 2)
  expect(bare?.connections).toBe(bare?.requests)
  expect(asBrowser?.connections).toBe(0)
})

const announces = "    socket.broadcast.emit('new message', { username, message })\n"
const planted = {
  drops: { server: `    if (++spoken % 1_000 !== 500) ${announces.trim()}\n`, lost: 1, doubled: 0 },
  doubles: {
    server: `${announces}    if (++spoken % 1_000 === 500) ${announces.trim()}\n`,
    lost: 0,
    doubled: 1,
  },
}

test.for(['drops', 'doubles'] as const)(
  'a server that %s one message in a thousand is caught',
  async (fault) => {
    const dir = await programFolder()
    await cp(join(root, 'steps', '06-typing'), dir, { recursive: true })
    const source = await readFile(join(dir, 'server.ts'), 'utf8')
    expect(source).toContain(announces)
    const wrong = source
      .replace(announces, planted[fault].server)
      .replace('const taken', 'let spoken = 0\nconst taken')
    await writeFile(join(dir, 'server.ts'), wrong)

    const chat = await room({ transport: 'websocket', dir })
    await chat.enter(2)
    const part = await chat.lockstep(1_000, 1)
    expect(part).toMatchObject({ lost: planted[fault].lost, doubled: planted[fault].doubled })

    const keeper = keepRows()
    const condition = { guests: 2, roundTripMs: 0, messagesPerSecond: 0 }
    keeper.add('lockstep', 'websocket', condition, part)
    expect(troubles(await resultOf(keeper)).join()).toMatch(
      fault === 'drops' ? /1 of 2000 .*lost/ : /1 .*twice/,
    )
  },
)

test('a count that is not what its formula says is trouble, beyond 2 %', async () => {
  const chat = await room({ transport: 'websocket' })
  await chat.enter(2)
  const part = await chat.lockstep(messages, 1)
  const condition = { guests: 2, roundTripMs: 0, messagesPerSecond: 0 }
  for (const [factor, isTrouble] of [
    [1.01, false],
    [1.03, true],
  ] as const) {
    const keeper = keepRows()
    keeper.add('lockstep', 'websocket', condition, { ...part, bytesDown: part.bytesDown * factor })
    const result = await resultOf(keeper)
    expect(result.rows.map(({ formula }) => formula && offBy(formula))).toEqual([expect.closeTo(factor - 1)])
    expect(troubles(result)).toHaveLength(isTrouble ? 1 : 0)
  }
})

async function resultOf(keeper: ReturnType<typeof keepRows>): Promise<Result> {
  return {
    format: resultFormat,
    at: '2026-11-21T12:00:00.000Z',
    command: 'npm run bench',
    complete: true,
    headers: 'browser',
    url: null,
    machine: await thisMachine(),
    rows: keeper.rows(),
  }
}
