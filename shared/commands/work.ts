import { findStep, steps, workDir, type Step } from '../course.ts'
import { begin, workStep } from '../work.ts'
import { runFolder } from './run-folder.ts'
import { readPort, readWords } from './words.ts'

/** `npm run work [N]`: begins step N in `work/`, or goes on with what is there; runs it until Ctrl-C. */
export default async function (words: string[]): Promise<number> {
  const { plain, value } = readWords(words, {
    command: 'npm run work',
    options: { port: '3001' },
    most: 1,
    example: 'npm run work 4 -- --port 3001',
  })
  const port = readPort(value('port'), ['npm run work', ...plain].join(' '))
  const step = await prepare(plain[0])
  return runFolder({
    dir: workDir,
    step,
    command: 'npm run work',
    port,
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
