import { findStep, steps } from '#shared/course/course'
import { runTool } from '#shared/run/run-tool'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { paint } from '#shared/terminal/colour'
import { showProgress } from '#shared/terminal/progress-line'
import { attack, weaknesses } from '../tests/hostile/harness.ts'

export const spec = {
  command: 'npm run test:hostile',
  does: 'Sends every step what strangers may send, while three honest guests chat. Then 500 people come at once.',
  options: {
    step: ['5', 'one step alone, without the 500'],
    seed: ['2', 'another order of the attacks'],
  },
  example: 'npm run test:hostile -- --step 5 --seed 2',
} as const satisfies CommandSpec

/**
 * `npm run test:hostile`: throws at every step what strangers throw, while three honest guests chat. Then 500 people come
 * at once.
 */
export default async function (typed: string[]): Promise<number> {
  const { option } = parseCommand(typed, spec)
  const one = option('step')
  const seed = Number(option('seed') ?? 1)
  let failed = 0
  for (const step of one === undefined ? steps : [findStep(one)]) {
    const report = await attack({ step, seed, onAttack: showProgress })
    showProgress('')
    const { inputs, said, peakMb } = report
    const weak = weaknesses(report)
    if (weak.length > 0) failed++
    const verdict = weak.length > 0 ? paint('red', weak.join('; ')) : paint('green', 'stood')
    const figures = `${inputs} inputs, ${said} honest messages, at most ${peakMb ?? '?'} MB`
    console.log(`step ${String(step.number).padStart(2)}  ${figures}: ${verdict}`)
  }
  console.log(`seed ${seed}; the same again:  npm run test:hostile -- --seed ${seed}`)
  if (one === undefined) {
    process.env.CROWD ??= '500'
    failed += await runTool('vitest/vitest.mjs', ['run', '--project', 'whole', 'tests/crowd.test.ts'])
  }
  return failed > 0 ? 1 : 0
}
