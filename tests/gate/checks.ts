import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { before, root, type Step } from '#shared/course/course'
import { stillTrue, taskNames } from '#shared/course/tasks'
import type { CheckResult, Job, TaskResult } from '#shared/check/job'
import { runChecks } from '#shared/check/run-checks'
import { verdict } from '#shared/check/verdict'
import {
  rightPrograms,
  wrongPrograms,
  writeChanged,
  type Changed,
  type Named,
  type NamedWrong,
} from '#shared/check/wrong'
import { showProgress } from '#shared/terminal/progress-line'
import { isDrawn, isSampled } from './sample.ts'
import type { CourseResult } from './course-result.ts'

const workers = 2 // each runs a step's check against several programs at once
const generousMs = 15_000 // for what must come, however busy the machine is
const wrongMs = 3_000 // for what must come before the wrong answer does
const briefMs = 1_500 // for what must not come, where every task fails anyway
const oneIn = 8
const wrongOneIn = 3 // of the wrong programs, when the whole course is looked at
const maxVerdictLines = 12

/**
 * Promises 1 to 3: what a check says of the finished step, of the one before it, of later ones, and of wrong programs.
 *
 * Of a wrong program's tasks before its named one, one in eight is run, drawn by chance, the same each time. When the whole
 * course is looked at, one in three wrong programs is run, others with each commit.
 *
 * @param steps the steps to look at
 * @param later all steps of the course, for promise 2
 * @param takeAll every task of each, which takes twice as long
 * @param isInPart whether a part is enough: `npm test` has run each check on its finished step, and promise 7 walks through
 *   some steps, where `npm run next` lets nobody past what an earlier step asks and is broken
 */
export async function checksTell(
  steps: readonly Step[],
  later: readonly Step[],
  takeAll: boolean,
  isInPart: boolean,
): Promise<CourseResult[]> {
  await mkdir(join(root, '.data'), { recursive: true })
  const wrongDir = await mkdtemp(join(root, '.data', 'wrong-'))
  try {
    const asked = (
      await Promise.all(steps.map((step) => questions(step, later, wrongDir, takeAll, isInPart)))
    ).flat()
    let ended = 0
    const results = await runChecks(
      asked.map(({ job }) => job),
      { workers, onTask: () => showProgress(`${(ended += 1)} tasks`) },
    )
    showProgress('')
    const enough = await Promise.all(steps.map(hasEnoughWrong))
    return [...results.flatMap((result, index) => asked[index]!.judge(result)), ...enough]
  } finally {
    await rm(wrongDir, { recursive: true, force: true })
  }
}

interface Question {
  job: Job
  judge: (result: CheckResult) => CourseResult[]
}

async function questions(
  step: Step,
  later: readonly Step[],
  wrongDir: string,
  takeAll: boolean,
  isInPart: boolean,
): Promise<Question[]> {
  const all = await wrongPrograms(step)
  const wrongs = isInPart ? all.filter(({ name }) => isDrawn(`${step.name} ${name}`, wrongOneIn)) : all
  const rights = await rightPrograms(step)
  return [
    ...(isInPart ? [] : [passesItself(step)]),
    {
      job: { step, target: { dir: before(step).dir }, patienceMs: briefMs },
      judge: ({ tasks }) =>
        tasks.map((task) => ({
          promise: 1,
          where: step.name,
          what: `“${task.name}” is a wrong answer on ${before(step).name}`,
          broken: task.finding ? undefined : (whyNot(task) ?? 'it passed'),
        })),
    },
    ...(isInPart ? [] : later)
      .filter(({ number }) => number > step.number)
      .map((other) => ({
        job: {
          step,
          target: { dir: other.dir },
          patienceMs: generousMs,
          only: stillTrue(step, other),
        },
        judge: ({ tasks }: CheckResult) =>
          tasks.map((task) => ({
            promise: 2,
            where: other.name,
            what: `step ${step.number}, “${task.name}” is still true`,
            broken: whyNot(task),
          })),
      }))
      .filter(({ job }) => job.only.length > 0),
    ...(await Promise.all(
      wrongs.map((wrong) => wrongQuestion(step, wrong, join(wrongDir, step.name, wrong.name), takeAll)),
    )),
    ...(await Promise.all(
      rights.map((right) => rightQuestion(step, right, join(wrongDir, step.name, `right-${right.name}`))),
    )),
  ]
}

/** A check passes on the finished step. */
function passesItself(step: Step): Question {
  return {
    job: { step, target: { dir: step.dir }, patienceMs: generousMs },
    judge: ({ tasks }) => [
      {
        promise: 1,
        where: step.name,
        what: 'its check passes on the finished step',
        broken: whyNot(tasks.find(({ state }) => state !== 'passed')),
      },
    ],
  }
}

async function hasEnoughWrong(step: Step): Promise<CourseResult> {
  const { length } = await wrongPrograms(step)
  const broken = length < 3 ? `it has ${length}` : undefined
  return { promise: 3, where: step.name, what: 'it keeps at least three wrong programs', broken }
}

/** A right program passes, however it is written. */
async function rightQuestion(step: Step, right: Named<Changed>, dir: string): Promise<Question> {
  await writeChanged(step, right, dir)
  return {
    job: { step, target: { dir }, patienceMs: generousMs, stopAtFirst: true },
    judge: ({ tasks }) => [
      {
        promise: 3,
        where: step.name,
        what: `right/${right.name} passes`,
        broken: whyNot(tasks.find(({ state }) => state !== 'passed')),
      },
    ],
  }
}

/** A wrong program fails at its named task first, with its recorded words. */
async function wrongQuestion(
  step: Step,
  wrong: NamedWrong,
  dir: string,
  takeAll: boolean,
): Promise<Question> {
  await writeChanged(step, wrong, dir)
  // What comes after the named task says nothing: a learner reads of the first that fails.
  const names = taskNames(step)
  const upToIt = names.slice(0, names.indexOf(wrong.fails) + 1)
  const only = upToIt.filter(
    (name) => takeAll || name === wrong.fails || isSampled(`${wrong.name} ${name}`, oneIn),
  )
  return {
    job: { step, target: { dir }, patienceMs: wrongMs, stopAtFirst: true, only },
    judge(result) {
      const what = `wrong/${wrong.name} fails at “${wrong.fails}”`
      const broken = names.includes(wrong.fails) ? whyNotCaught(wrong, result) : 'no task has this name'
      return [{ promise: 3, where: step.name, what, broken }]
    },
  }
}

/** @returns undefined when a learner reads what the wrong program has recorded */
function whyNotCaught(wrong: NamedWrong, result: CheckResult): string | undefined {
  const first = result.tasks.find(({ state }) => state === 'failed')
  if (!first) return 'the check passes'
  if (first.name !== wrong.fails) return `it fails at “${first.name}”: ${whyNot(first)}`
  const lines = verdict(result)
  const text = lines.join('\n')
  if (!text.includes(wrong.says)) return `the learner does not read “${wrong.says}”:\n${text}`
  return lines.length > maxVerdictLines ? `its verdict has ${lines.length} lines` : undefined
}

/** What came of a task, in words; undefined when it passed. */
export function whyNot(task?: TaskResult): string | undefined {
  if (!task || task.state === 'passed') return undefined
  const words = task.finding
    ? `expected ${task.finding.expected}, saw ${task.finding.saw}`
    : task.error?.message
  return `“${task.name}” ${task.state}: ${words ?? task.reason}`
}
