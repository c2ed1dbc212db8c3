import { after, root, steps, type Step } from './course.ts'
import { readProgress } from './progress.ts'
import { workStep } from './work-folder.ts'

/**
 * The steps with their minutes and ticks, where `work/` is, and what to type next.
 *
 * @param folder the project's folder
 */
export async function whereAmI(folder = root): Promise<string[]> {
  const [{ passed }, work] = await Promise.all([readProgress(folder), workStep({ folder })])
  const isPassed = (step: Step) => passed[step.number] !== undefined
  const widest = Math.max(...steps.map(({ title }) => title.length))

  const lines = steps.map((step) => {
    const here = work?.step === step
    return [
      here ? '→' : ' ',
      String(step.number).padStart(2),
      step.title.padEnd(widest),
      `${step.minutes} min`.padStart(7),
      [isPassed(step) ? '✓ passed' : '', here ? 'work/ is here' : ''].filter(Boolean).join(', '),
    ]
      .join('  ')
      .trimEnd()
  })
  const minutes = steps.reduce((sum, step) => sum + step.minutes, 0)
  return [
    ...lines,
    `${`${minutes} min in all`.padStart(widest + 15)}`,
    ...(work?.guessed ? ['work/.step names no step. Your code is most like this one.'] : []),
    '',
    ...nextCommand(work?.step, isPassed),
  ]
}

function nextCommand(here: Step | undefined, isPassed: (step: Step) => boolean): string[] {
  if (!here) return ['Next: npm run work   (begins step 1 in work/)']
  if (!isPassed(here))
    return ['Next: npm run work   (runs your program)', '      npm run check  (is your step done?)']
  const next = after(here)
  if (!next) return ['That was the last step.']
  return [`Next: npm run next   (step ${next.number} · ${next.title})`]
}
