import { runChecks } from '#shared/check/run-checks'
import type { Step } from '#shared/course/course'
import { taskNames } from '#shared/course/tasks'
import { isSampled } from './sample.ts'
import type { CourseResult } from './course-result.ts'

const workers = 4 // more than this machine has processors: it is loaded by the checks themselves
const patienceMs = 20_000

/**
 * Promise 6: the checks pass, run after run, with their tasks in random order on a loaded machine.
 *
 * Each run takes half of the tasks of a quarter of the steps, by chance, unless it is told to take all.
 *
 * @param steps the steps whose checks are run
 * @param runs how often
 * @param takeAll every task in every run, which takes eight times as long
 */
export async function neverFlakes(
  steps: readonly Step[],
  runs: number,
  takeAll: boolean,
): Promise<CourseResult[]> {
  const seeds = Array.from({ length: runs }, (_, index) => index + 1)
  const jobs = seeds.flatMap((seed) => steps.map((step) => jobFor(step, seed, takeAll)))
  const results = await runChecks(
    jobs.filter(({ only }) => only.length > 0),
    { workers },
  )
  return results.map(({ step, seed, tasks, only = [] }) => {
    const bad = tasks.find(({ name, state }) => only.includes(name) && state !== 'passed')
    const saw = bad?.finding?.saw ?? bad?.error?.message ?? bad?.reason
    return {
      promise: 6,
      where: step.name,
      what: `${only.length} of its tasks pass in the random order of seed ${seed}`,
      broken: bad && `“${bad.name}” ${bad.state}: ${saw}\n${bad.transcript.join('\n')}`,
    }
  })
}

function jobFor(step: Step, seed: number, takeAll: boolean) {
  const isIn = takeAll || isSampled(`${seed} ${step.name}`, 4)
  const only = taskNames(step).filter(
    (name) => takeAll || (isIn && isSampled(`${seed} ${step.name} ${name}`, 2)),
  )
  return { step, target: { dir: step.dir }, patienceMs, only, seed }
}
