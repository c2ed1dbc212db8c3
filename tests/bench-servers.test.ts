import { expect, test, vi } from 'vitest'
import { Missing } from '#shared/run/services/several'
import { measureServers } from '../bench/capacity/servers-capacity.ts'

vi.setConfig({ testTimeout: 300_000 }) // on a busy machine, servers take long to start

test('one server and two: everybody hears everything once, wherever they are', async (context) => {
  const runs = await measureServers({
    counts: [1, 2],
    guests: 4,
    rounds: 1,
    warmUpMs: 0,
    windowMs: 200,
    signal: new AbortController().signal,
    onProgress() {},
  }).catch((error: unknown) => {
    if (error instanceof Missing && !process.env.CI) return context.skip(`there is no ${error.message} here`)
    throw error
  })
  const heardOnce = { lost: 0, doubled: 0 }
  expect(runs).toMatchObject([
    { servers: 1, roomOf: 1, ...heardOnce },
    { servers: 1, roomOf: 4, ...heardOnce },
    { servers: 2, roomOf: 1, ...heardOnce },
    { servers: 2, roomOf: 4, ...heardOnce },
  ])
  for (const { messages, deliveries, serversCpuMs } of runs) {
    expect(messages).toBeGreaterThanOrEqual(4)
    expect(deliveries).toBeGreaterThan(0)
    expect(serversCpuMs).toBeGreaterThan(0)
  }
})
