import { steps, type Step } from '../course/course.ts'
import { stillTrue } from '../course/tasks.ts'
import { showProgress } from '../terminal/progress-line.ts'
import type { CheckResult, Job } from './job.ts'
import { isDone, verdict } from './verdict.ts'

/** What became of what earlier steps taught. */
export interface EarlierResult {
  /** how many tasks were run */
  tasks: number
  /** a step whose lesson holds no longer, the latest one; undefined when all hold */
  broken?: CheckResult
}

/**
 * Runs what earlier steps ask, and this one still has to do, against a program. A terminal shows how far it is.
 *
 * @param step the step that the program is at
 * @param dir the program's folder, absolute
 * @throws Error when vitest itself could not run a check
 */
export async function checkEarlier(step: Step, dir: string): Promise<EarlierResult> {
  const jobs = steps
    .filter(({ number }) => number < step.number)
    .map((earlier): Job => ({ step: earlier, target: { dir }, only: stillTrue(earlier, step) }))
    .filter(({ only }) => only?.length)
  const all = jobs.reduce((sum, { only = [] }) => sum + only.length, 0)
  if (all === 0) return { tasks: 0 }
  const { runChecks } = await import('./run-checks.ts') // not at the top: it is large
  let ended = 0
  const onTask = () => showProgress(`The tasks of earlier steps: ${(ended += 1)} of ${all} …`)
  const results = await runChecks(jobs, { workers: 2, onTask })
  showProgress('')
  for (const [index, result] of [...results.entries()].toReversed()) {
    if (isDone(result)) continue
    // The program has just done what its own step asks. On a busy machine many at once are slow: asked again, alone.
    const [again] = await runChecks([jobs[index]!], { workers: 1 })
    if (again && !isDone(again)) return { tasks: all, broken: again }
  }
  return { tasks: all }
}

/**
 * What a learner reads of it.
 *
 * @param step the step that the program is at
 */
export function describeEarlier(step: Step, { tasks, broken }: EarlierResult): string[] {
  if (!broken) return tasks === 0 ? [] : [`The tasks of earlier steps still pass: ${tasks} of ${tasks}.`]
  const { number, name, title } = broken.step
  return [
    `Step ${step.number} is done, but something from step ${number} · ${title} no longer works:`,
    ...verdict(broken).slice(0, -1), // A hint would be one of the step that work/ is at.
    `Next: look at steps/${name}/README.md, fix it, and then:  npm run check`,
  ]
}
