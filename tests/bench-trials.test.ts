import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { root } from '#shared/course/course'
import { programFolder } from './support/folders.ts'
import { type Measurement, openTrial, type Trial } from '../bench/trial.ts'
import { intervalOf, type TransportName, transportNames } from '../bench/transports.ts'

const guests = 4
const messages = 12
const burstMessages = 50

const trials = new Map<TransportName | 'bare', Promise<Trial>>()
afterAll(async () => {
  for (const opened of await Promise.allSettled(trials.values())) {
    if (opened.status === 'fulfilled') await opened.value.close()
  }
})

/** Starting takes most of the time: what one test has opened, the next one uses. */
function trialOf(name: TransportName | 'bare'): Promise<Trial> {
  const isBare = name === 'bare'
  const trial = trials.get(name) ?? openTrial({ transport: isBare ? 'polling' : name, bare: isBare })
  trials.set(name, trial)
  return trial
}

/** Bytes by the wire's count and by the server's sockets, added up. */
function bytesOf(measurements: Measurement[]) {
  const sum = (pick: (one: Measurement) => number | undefined) =>
    measurements.reduce((total, one) => total + (pick(one) ?? NaN), 0)
  return {
    wire: { up: sum(({ bytesUp }) => bytesUp), down: sum(({ bytesDown }) => bytesDown) },
    sockets: { up: sum(({ server }) => server?.bytesUp), down: sum(({ server }) => server?.bytesDown) },
  }
}

describe.for(['websocket', 'upgrade', 'server-sent-events', 'polling'] as const)('%s', (transport) => {
  const measured: Measurement[] = []
  let lockstep: Measurement
  let burst: Measurement
  beforeAll(async () => {
    const trial = await trialOf(transport)
    const entered = await trial.enter(guests)
    lockstep = await trial.lockstep(messages, 1)
    burst = await trial.burst(burstMessages, 1)
    measured.push(entered, lockstep, burst, await trial.leave())
  })

  test('everybody hears everything once', () => {
    expect(lockstep).toMatchObject({ said: messages, delivered: messages * guests, lost: 0, doubled: 0 })
    expect(burst).toMatchObject({ said: burstMessages, delivered: burstMessages * guests, lost: 0 })
  })

  test('the wire has counted what the server’s own sockets have', () => {
    const { wire, sockets } = bytesOf(measured)
    expect(wire).toEqual(sockets)
    expect(wire.up).toBeGreaterThan(500)
  })

  if (transport === 'server-sent-events') return // It has no formula.

  test('the count is what the formula says', () => {
    const { requests, bytesUp, bytesDown, predicted } = lockstep
    // A guest's id has always 20 letters, and so nothing here hangs on the day.
    expect({ requests, bytesUp, bytesDown }).toEqual(predicted)
  })

  if (transport !== 'polling') return

  test('a burst shares its answers: less than a request a message', () => {
    expect(burst.requests).toBeLessThan(burstMessages)
  })

  test('a bare client sends a third of the bytes, over a connection for each request', async () => {
    const trial = await trialOf('bare')
    await trial.enter(guests)
    const bare = await trial.lockstep(messages, 1)
    expect(bare.requests).toBe(lockstep.requests)
    expect(bare.bytesUp).toBeLessThan(lockstep.bytesUp / 2)
    expect(bare.connections).toBe(bare.requests)
    expect(lockstep.connections).toBe(0)
  })
})

test.for(transportNames.filter(intervalOf))(
  '%s: the wire has counted what the server’s own sockets have',
  async (transport) => {
    const trial = await trialOf(transport)
    const { wire, sockets } = bytesOf([await trial.enter(guests), await trial.leave()])
    expect(wire).toEqual(sockets)
    expect(wire.up).toBeGreaterThan(500)
  },
)

test.concurrent.for(transportNames)(
  '%s: who talks by the clock is heard by everybody, once',
  async (transport) => {
    const trial = await trialOf(transport)
    await trial.enter(guests)
    const talk = await trial.talk({ windowMs: 300, leadMs: 100, messagesPerSecond: 40 }, 1)
    expect(talk).toMatchObject({ said: 12, lost: 0, doubled: 0 })
    expect(talk.latenciesMs).toHaveLength(12 * guests)
  },
)

test('a server that drops one message, and sends another one twice, is caught', async () => {
  const announce = "socket.broadcast.emit('new message', { username, message })\n"
  const dir = await programFolder()
  await cp(join(root, 'steps', '06-typing'), dir, { recursive: true })
  const source = await readFile(join(dir, 'server.ts'), 'utf8')
  expect(source).toContain(announce)
  const wrong = source
    .replace(announce, `if (++spoken !== 10) ${announce} if (spoken === 20) ${announce}`)
    .replace('const taken', 'let spoken = 0\nconst taken')
  await writeFile(join(dir, 'server.ts'), wrong)

  const trial = await openTrial({ transport: 'websocket', dir })
  onTestFinished(() => trial.close())
  await trial.enter(2)
  expect(await trial.lockstep(30, 1)).toMatchObject({ said: 30, lost: 1, doubled: 1 })
})
