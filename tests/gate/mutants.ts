import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isPageFile, root, type Step } from '#shared/course/course'
import { readLesson } from '#shared/course/lesson'
import { tasksUsing } from '#shared/course/tasks'
import { programIn, writeProgram } from '#shared/course/lesson-program'
import { runChecks } from '#shared/check/run-checks'
import type { CheckResult, Job } from '#shared/check/job'
import { showProgress } from '#shared/terminal/progress-line'
import { mutantsOf, type Mutant } from './mutations.ts'
import { isSampled } from './sample.ts'
import type { CourseResult } from './course-result.ts'

const workers = 2
const patienceMs = 4_000 // for what a mutant does not bring
/** survivors.json: why nobody notices, by the mutant's name */
const reasons = z.record(z.string(), z.string().min(10))

/** What came of a step's mutants. */
export interface MutationScore {
  step: Step
  asked: number
  /** those that no task noticed */
  survivors: string[]
  /** those in survivors.json that are no mutants of the step any more */
  stale: string[]
  /** those in survivors.json that survived */
  listed: number
}

/**
 * Promise 10: each mutant of what a learner types fails the step's check, or stands in the step's survivors.json with the reason.
 *
 * @param steps those whose lesson is text alone are left out
 * @param oneIn 1 for all mutants; 12 for one in twelve, drawn by chance, the same ones each time
 */
export async function mutantScores(steps: readonly Step[], oneIn: number): Promise<MutationScore[]> {
  await mkdir(join(root, '.data'), { recursive: true })
  const dir = await mkdtemp(join(root, '.data', 'mutants-'))
  try {
    const asked = (
      await Promise.all(steps.filter((step) => readLesson(step)).map((step) => jobsOf(step, dir, oneIn)))
    ).flat()
    let ended = 0
    if (asked.length === 0) return [] // none of a single step was drawn
    const results = await runChecks(
      asked.map(({ job }) => job),
      { workers, onTask: () => showProgress(`${(ended += 1)} tasks`) },
    )
    showProgress('')
    const survived = new Set(asked.filter((_one, index) => isAlive(results[index]!)))
    return await Promise.all(
      [...new Set(asked.map(({ step }) => step))].map(async (step) => {
        const known = await reasonsOf(step)
        const names = mutantsOf(step).map(({ name }) => name)
        const ofStep = asked.filter((one) => one.step === step)
        const alive = ofStep.filter((one) => survived.has(one)).map(({ mutant }) => mutant.name)
        return {
          step,
          asked: ofStep.length,
          survivors: alive.filter((name) => !(name in known)),
          stale: Object.keys(known).filter((name) => !names.includes(name)),
          listed: alive.filter((name) => name in known).length,
        }
      }),
    )
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** {@link mutantScores} as what the gate reports. */
export async function mutantsDie(steps: readonly Step[], oneIn: number): Promise<CourseResult[]> {
  return (await mutantScores(steps, oneIn)).flatMap(({ step, asked, survivors, stale, listed }) => {
    const at = (what: string, broken?: string) => ({ promise: 10, where: step.name, what, broken })
    return [
      at(
        `${asked - listed} of ${asked} mutants fail its check, and of the others it is said why nobody can notice`,
        survivors.length > 0 ? `these pass it:\n${survivors.join('\n')}` : undefined,
      ),
      at('what survivors.json names is a mutant', stale.length > 0 ? stale.join('\n') : undefined),
    ]
  })
}

async function jobsOf(
  step: Step,
  dir: string,
  oneIn: number,
): Promise<{ step: Step; mutant: Mutant; job: Job }[]> {
  const finished = programIn(step.dir)
  const pageTasks = tasksUsing(step, ['windows'])
  const mutants = mutantsOf(step).filter(({ name }) => isSampled(`${step.name} ${name}`, oneIn))
  return Promise.all(
    mutants.map(async (mutant, index) => {
      const target = { dir: join(dir, step.name, String(index)) }
      await writeProgram(new Map(finished).set(mutant.file, mutant.text), target.dir)
      // What is wrong in a page, no task without a page can notice.
      const only = isPageFile(mutant.file) ? pageTasks : undefined
      return { step, mutant, job: { step, target, patienceMs, stopAtFirst: true, only } }
    }),
  )
}

function isAlive({ tasks }: CheckResult): boolean {
  return tasks.every(({ state }) => state !== 'failed')
}

async function reasonsOf(step: Step): Promise<Record<string, string>> {
  const file = join(step.dir, 'survivors.json')
  return existsSync(file) ? reasons.parse(JSON.parse(await readFile(file, 'utf8'))) : {}
}
