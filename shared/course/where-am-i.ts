import { after, root, steps, type Step } from './course.ts'
import { readProgress } from './progress.ts'
import { hasWork, namedWorkStep, stepToBegin } from './work-folder.ts'

/**
 * The steps with their minutes and ticks, where `work/` is, and what to type next.
 *
 * @param folder the project's folder
 */
export async function whereAmI(folder = root): Promise<string[]> {
  const [{ passed }, work] = await Promise.all([readProgress(folder), namedWorkStep({ folder })])
  const isPassed = (step: Step) => passed[step.number] !== undefined
  const widest = Math.max(...steps.map(({ title }) => title.length))

  const lines = steps.map((step) => {
    const here = work === step
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
    '',
    ...(work ? nextCommand(work, isPassed) : await withoutStep(folder)),
  ]
}

async function withoutStep(folder: string): Promise<string[]> {
  if (await hasWork({ folder })) return ['Next: npm run work   (work/.step names no step)']
  const { number } = await stepToBegin({ folder })
  return [`Next: npm run work   (begins step ${number} in work/)`]
}

function nextCommand(here: Step, isPassed: (step: Step) => boolean): string[] {
  if (!isPassed(here))
    return ['Next: npm run work   (runs your program)', '      npm run check  (is your step done?)']
  const next = after(here)
  if (!next) return ['That was the last step.']
  return [`Next: npm run next   (step ${next.number} · ${next.title})`]
}
