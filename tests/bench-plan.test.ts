import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '#shared/course/course'
import { run } from '#shared/run/run'
import { contenders, measureCapacity } from '../bench/capacity/capacity.ts'
import { runPlan } from '../bench/run-plan.ts'
import { unlimited } from '../bench/transports.ts'

const { signal } = new AbortController()
const onProgress = () => {}

// What a plan makes of its trials is tested without processes, in bench/run-plan.test.ts.
test('a server that runs already is measured by its address, without a look inside, as far away as was said', async () => {
  const program = await run(join(root, 'steps', '05-nicknames'), { compiled: true, env: unlimited })
  onTestFinished(async () => void (await program.stop()))
  const rows = await runPlan(
    {
      transports: ['websocket'],
      rounds: 1,
      idleSeconds: 0,
      lockstepMessages: 4,
      burstMessages: 5,
      sizes: [3],
      alone: [],
      together: [{ guests: 3, roundTripMs: 40, messagesPerSecond: 40 }],
      windowMs: 200,
      leadMs: 50,
    },
    { url: program.url, signal, onProgress },
  )
  const lockstep = rows.find(({ doing }) => doing === 'lockstep')
  expect(lockstep).toMatchObject({ lost: 0, delivered: 4 * 3 })
  expect(lockstep?.figures.serverCpuPercent).toBeNull()
  const talk = rows.find(({ doing }) => doing === 'talk')
  expect(talk).toMatchObject({ lost: 0, doubled: 0, said: 8 })
  // The wire keeps every byte back, so nothing can be faster.
  expect(talk?.latency?.quantiles[0]).toBeGreaterThanOrEqual(40)
})

test('capacity: each server carries the same fan-out, and everything that was said arrives', async () => {
  const all = await measureCapacity({
    sizes: [5],
    rounds: 1,
    warmUpMs: 0,
    windowMs: 200,
    signal,
    onProgress,
  })
  expect(all.map(({ contender }) => contender)).toEqual(Object.keys(contenders))
  for (const { deliveries, guests } of all) {
    expect(guests).toBe(5)
    expect(deliveries.median).toBeGreaterThan(0)
  }
})
