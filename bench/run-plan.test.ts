import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { measurement } from '../tests/support/measurement.ts'
import type { Plan } from './plan.ts'
import { runPlan } from './run-plan.ts'
import type { Measurement, Trial, TrialOptions } from './trial.ts'

const plan: Plan = {
  transports: ['websocket', 'polling', 'plain-500', 'plain-1000'],
  rounds: 2,
  idleSeconds: 1,
  lockstepMessages: 4,
  burstMessages: 5,
  sizes: [3],
  alone: [{ guests: 3, roundTripMs: 0, messagesPerSecond: 20 }],
  together: [{ guests: 3, roundTripMs: 40, messagesPerSecond: 20 }],
  windowMs: 300,
  leadMs: 100,
}

/** Trials without processes: each remembers what it was asked for, in `done`, and is over a moment later. */
function fakeTrials() {
  const done: string[] = []
  const isOpen = new Set<string>()
  async function open({ transport }: TrialOptions): Promise<Trial> {
    isOpen.add(transport)
    async function measure(what: string): Promise<Measurement> {
      done.push(`${transport}: ${what}`)
      await turn()
      if (!isOpen.has(transport)) throw new Error('a process of the bench has ended')
      return measurement
    }
    return {
      transport,
      enter: (guests) => measure(`enter ${guests}`),
      lockstep: (messages) => measure(`lockstep ${messages}`),
      burst: (messages) => measure(`burst ${messages}`),
      talk: ({ windowMs, leadMs }, seed) => measure(`talk ${windowMs} ${leadMs} seed ${seed}`),
      idle: (seconds) => measure(`idle ${seconds}`),
      leave: () => measure('leave'),
      setRoundTrip: (ms) => void done.push(`${transport}: ${ms} ms`),
      close: async () => void isOpen.delete(transport),
    }
  }
  return { done, isOpen, open }
}

const onProgress = () => {}
const { signal } = new AbortController()

test('a plan is measured whole: each transport in each way, in so many rounds, and the bar only grows', async () => {
  const bar: number[] = []
  const { open, isOpen } = fakeTrials()
  const rows = await runPlan(plan, { open, signal, onProgress: (done) => bar.push(done) })
  const talks = rows.filter(({ doing }) => doing === 'talk')
  expect(talks.map(({ transport, roundTripMs }) => `${transport} ${roundTripMs}`).toSorted()).toEqual(
    plan.transports.flatMap((transport) => [`${transport} 0`, `${transport} 40`]).toSorted(),
  )
  for (const row of talks) expect(row).toMatchObject({ rounds: 2, guests: 3, messagesPerSecond: 20 })
  expect(new Set(rows.map(({ doing }) => doing))).toEqual(
    new Set(['idle', 'lockstep', 'burst', 'connect', 'talk', 'close']),
  )
  const counted = rows.filter(({ doing }) => doing === 'lockstep').map(({ transport }) => transport)
  expect(counted).toEqual(['websocket', 'polling']) // Who asks by the clock has no count of its own.
  expect(bar).toEqual(bar.toSorted((one, other) => one - other))
  expect(bar.at(-1)).toBeLessThan(1)
  expect(isOpen.size).toBe(0)
})

test('each round begins with another transport; those who ask by the clock share a turn, and are counted longer', async () => {
  const { done, open } = fakeTrials()
  await runPlan({ ...plan, together: [] }, { open, signal, onProgress })
  expect(done.filter((line) => line.includes('talk'))).toEqual([
    'websocket: talk 300 100 seed 1',
    'polling: talk 300 100 seed 1',
    'plain-500: talk 600 600 seed 1',
    'plain-1000: talk 600 1100 seed 1',
    'polling: talk 300 100 seed 2',
    'plain-500: talk 600 600 seed 2',
    'plain-1000: talk 600 1100 seed 2',
    'websocket: talk 300 100 seed 2',
  ])
})

test('a slow network is the same for all at once, and is gone behind it', async () => {
  const { done, open } = fakeTrials()
  await runPlan({ ...plan, alone: [], rounds: 1 }, { open, signal, onProgress })
  for (const transport of plan.transports) {
    const steps = done.filter((line) => line.startsWith(`${transport}: `)).slice(-5)
    expect(steps.map((line) => line.slice(transport.length + 2))).toEqual([
      '40 ms',
      'enter 3',
      expect.stringMatching(/^talk 300 /),
      'leave',
      '0 ms',
    ])
  }
})

test('ended early, it hands over what there is', async () => {
  const ending = new AbortController()
  const { open, isOpen } = fakeTrials()
  const rows = await runPlan(plan, {
    open,
    signal: ending.signal,
    onProgress(_done, what) {
      if (what.startsWith('round 2')) ending.abort()
    },
  })
  expect(rows.filter(({ doing }) => doing === 'lockstep')).toHaveLength(2)
  const talks = rows.filter(({ doing }) => doing === 'talk')
  expect(talks.map(({ rounds, roundTripMs }) => `${rounds} ${roundTripMs}`)).toEqual([
    '1 0',
    '1 0',
    '1 0',
    '1 0',
  ])
  expect(isOpen.size).toBe(0)
})

test('when one cannot be opened, the others are closed again, and its error is told', async () => {
  const { open, isOpen } = fakeTrials()
  const opening = runPlan(plan, {
    signal,
    onProgress,
    async open(options) {
      if (options.transport === 'polling') throw new Error('port 3000 is taken')
      return open(options)
    },
  })
  await expect(opening).rejects.toThrow('port 3000 is taken')
  expect(isOpen.size).toBe(0)
})
