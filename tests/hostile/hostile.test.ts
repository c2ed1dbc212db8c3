import { expect, test, vi } from 'vitest'
import { steps } from '#shared/course/course'
import { attacks } from './attacks.ts'
import { attack, weaknesses } from './harness.ts'

vi.setConfig({ testTimeout: 180_000 }) // on a busy machine

// Each input that is written down, and a few random ones. npm run test:hostile sends thousands of those as well.
test.each(steps)(
  'step $number stands, refuses in sentences, and its honest guests lose nothing',
  async (step) => {
    // What all steps deal with alike is sent to the first that it can reach, and to the last.
    const only = Object.entries(attacks)
      .filter(([, { from, isAlike }]) => !isAlike || step.number === from || step === steps.at(-1))
      .map(([name]) => name)
    const report = await attack({ step, seed: 7, size: 0.02, only })
    expect(weaknesses(report)).toEqual([])
    expect(report.refusals).toBeGreaterThan(0)
  },
)
