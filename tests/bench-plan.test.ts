import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '#shared/course/course'
import { run } from '#shared/run/run'
import benchCommand from '../commands/bench.ts'
import { contenders, measureCapacity } from '../bench/capacity/capacity.ts'
import type { Plan } from '../bench/plan.ts'
import { runPlan } from '../bench/run-plan.ts'
import { unlimited } from '../bench/unlimited.ts'

const small: Plan = {
  transports: ['websocket', 'polling', 'plain-500'],
  rounds: 2,
  idleSeconds: 0.2,
  lockstepMessages: 4,
  burstMessages: 5,
  sizes: [3],
  alone: [{ guests: 3, roundTripMs: 0, messagesPerSecond: 20 }],
  together: [{ guests: 3, roundTripMs: 40, messagesPerSecond: 20 }],
  windowMs: 300,
  leadMs: 100,
}

test('a plan is measured whole: each transport in each way, in so many rounds, and the bar only grows', async () => {
  const done: number[] = []
  const rows = await runPlan(small, {
    signal: new AbortController().signal,
    onProgress: (part) => done.push(part),
  })
  const talks = rows.filter(({ doing }) => doing === 'talk')
  expect(talks.map(({ transport, roundTripMs }) => `${transport} ${roundTripMs}`).toSorted()).toEqual([
    'plain-500 0',
    'plain-500 40',
    'polling 0',
    'polling 40',
    'websocket 0',
    'websocket 40',
  ])
  for (const row of talks) expect(row).toMatchObject({ rounds: 2, lost: 0, doubled: 0, per: 'delivery' })
  // The wire keeps every byte back, so nothing can be faster.
  for (const { latency, roundTripMs } of talks)
    expect(latency?.quantiles[0]).toBeGreaterThanOrEqual(roundTripMs)
  expect(new Set(rows.map(({ doing }) => doing))).toEqual(
    new Set(['idle', 'lockstep', 'burst', 'connect', 'talk', 'close']),
  )
  expect(done).toEqual(done.toSorted((one, other) => one - other))
  expect(done.at(-1)).toBeLessThan(1)
})

test('ended early, it hands over what there is', async () => {
  const ending = new AbortController()
  const rows = await runPlan(small, {
    signal: ending.signal,
    onProgress(_done, what) {
      if (what.startsWith('round 2')) ending.abort()
    },
  })
  expect(
    rows
      .filter(({ doing }) => doing === 'lockstep')
      .map(({ transport }) => transport)
      .toSorted(),
  ).toEqual(['polling', 'websocket'])
  expect(rows.filter(({ doing }) => doing === 'talk').length).toBeLessThanOrEqual(3)
})

test('a server that runs already is measured by its address, without a look inside', async () => {
  const program = await run(join(root, 'steps', '05-nicknames'), { compiled: true, env: unlimited })
  onTestFinished(async () => void (await program.stop()))
  const rows = await runPlan(
    { ...small, transports: ['websocket'], alone: [], together: [] },
    { url: program.url, signal: new AbortController().signal, onProgress: () => {} },
  )
  const lockstep = rows.find(({ doing }) => doing === 'lockstep')
  expect(lockstep).toMatchObject({ lost: 0, delivered: 2 * 4 * 3 })
  expect(lockstep?.figures.serverCpuPercent).toBeNull()
})

test('capacity: each server carries the same fan-out, and everything that was said arrives', async () => {
  const all = await measureCapacity({
    sizes: [5],
    rounds: 1,
    windowMs: 200,
    signal: new AbortController().signal,
    onProgress: () => {},
  })
  expect(all.map(({ contender }) => contender)).toEqual(Object.keys(contenders))
  for (const { deliveries, guests } of all) {
    expect(guests).toBe(5)
    expect(deliveries.median).toBeGreaterThan(0)
  }
})

test.for<[string, string[]]>([
  ['compare takes two results', ['compare', 'one.json']],
  ['takes no word behind it', ['capacity', 'now']],
  ['does not know "fast"', ['fast']],
  ['exclude each other', ['--quick', '--full']],
  ['needs an address with http://', ['--url', 'https://localhost:5000']],
  ['does not speak "irc"', ['--url', 'http://localhost:5000', '--protocol', 'irc']],
])('advice: %s', async ([words, typed]) => {
  await expect(async () => benchCommand(typed)).rejects.toThrow(words)
})
