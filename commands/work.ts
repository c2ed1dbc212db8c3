import { findStep, steps, workDir, type Step } from '#shared/course/course'
import { begin, workStep } from '#shared/course/work-folder'
import { faultOptions, readFaults } from '#shared/wire/fault-options'
import { runFolder } from '#shared/classroom/server/run-folder'
import { parseCommand, readPort } from '#shared/terminal/arguments'

export const spec = {
  command: 'npm run work',
  options: { port: '3001', share: true, 'no-wire': true, ...faultOptions },
  maxPositionals: 1,
  example: 'npm run work 4 -- --port 3001',
} as const

/** `npm run work [N]`: begins step N in `work/`, or goes on with what is there; runs it until Ctrl-C. */
export default async function (typed: string[]): Promise<number> {
  const words = parseCommand(typed, spec)
  const command = ['npm run work', ...words.positionals].join(' ')
  const port = readPort(words.option('port'), command)
  const faults = readFaults(words, command)
  const step = await prepare(words.positionals[0])
  return runFolder({
    dir: workDir,
    step,
    command: 'npm run work',
    port,
    faults,
    noWire: words.flag('no-wire'),
    share: words.flag('share'),
    next: 'Are you there? Type in another terminal:  npm run check',
  })
}

async function prepare(wanted: string | undefined): Promise<Step> {
  if (wanted === undefined) {
    const here = await workStep()
    if (here?.guessed) {
      console.log(`work/.step does not say which step this is; step ${here.step.number} is nearest.`)
    }
    if (here) return here.step
  }
  const step = findStep(wanted ?? String(steps[0]?.number))
  const { saved, changed } = await begin(step)
  if (saved)
    console.log(
      `Saved what was in work/: work.saved/${saved.name}  (back with:  npm run saved ${saved.name})`,
    )
  console.log(
    changed
      ? `work/ now holds where step ${step.number} · ${step.title} begins.`
      : `work/ is where step ${step.number} · ${step.title} begins already; nothing was changed.`,
  )
  return step
}
