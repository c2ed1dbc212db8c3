import { randomUUID } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { createVitest, type Reporter, type TestCase, type TestModule, type Vitest } from 'vitest/node'
import { root, type Step } from '../course/course.ts'
import { pageFile } from '../serve/page-file.ts'
import { launchBrowserServer } from './browser.ts'
import type { Checked, CheckResult, Job, TaskResult } from './job.ts'
import type { Finding } from './not-yet.ts'
import { openStartSignal } from './start-signal.ts'

const targetsAtOnce = 5 // most of them wait, for what does not come
/** Of one program: a task mostly waits for what its program and its page do. */
const tasksAtOnce = Math.min(4, Math.max(2, availableParallelism()))

declare module 'vitest' {
  export interface ProvidedContext {
    /** what the file is run against: one program; many in the course gate */
    checked: Checked[]
    /** the channel that tells a prepared check when to start; see start-signal.ts */
    startSignal?: string
  }
  export interface TaskMeta {
    /** which of the file's programs this task is about: its index */
    target?: number
    /** 1 for the file's first task */
    position?: number
    /** its name, where a file's tasks stand there once for each program */
    task?: string
    /** what happened, line by line */
    transcript?: string[]
    /** the first line of the error that the program died of */
    crash?: string
  }
}

export interface RunChecksOptions {
  /** how many checks at once; default 1 */
  workers?: number
  /** called as each task ends */
  onTask?: (job: Job, task: TaskResult) => void
}

/** Programs that one file of checks is run against. What concerns the file as a whole is the same for all of them. */
interface Batch {
  step: Step
  patienceMs?: number
  seed?: number
  jobs: Job[]
  /** how many tasks run side by side */
  atOnce?: number
}

/**
 * The vitest project that runs one step's check.
 *
 * @param batch what to check
 * @param name unique among the projects of a run
 * @param startSignal the channel that a prepared check waits at
 */
function projectOf(
  { step, patienceMs, seed, jobs, atOnce = atOnceOf(jobs) }: Batch,
  name: string,
  startSignal?: string,
) {
  const checked = jobs.map(({ target, stopAtFirst, only }) => ({ target, stopAtFirst, only }))
  return {
    test: {
      name,
      root,
      include: [`${relative(root, step.dir).replaceAll('\\', '/')}/check.test.ts`],
      provide: { checked, patienceMs, startSignal },
      sequence: seed === undefined ? {} : { shuffle: { tests: true }, seed },
      maxConcurrency: atOnce,
      // A task may start a server and a browser on a busy laptop; what it waits for has limits of its own.
      testTimeout: jobs.length === 1 ? 60_000 : 180_000,
      hookTimeout: 60_000,
    },
  }
}

/** The vitest project that checks one finished step, for `npm test`. */
export function checkProject(job: Job, name: string) {
  return projectOf({ ...job, jobs: [job], atOnce: 1 }, name) // Other files run beside it.
}

/** A program that runs elsewhere is one for all tasks: they come one after the other. */
function atOnceOf([first, ...more]: Job[]): number {
  if (more.length > 0) return targetsAtOnce
  return first?.target.url ? 1 : tasksAtOnce
}

/**
 * Runs checks, each against its target.
 *
 * @param jobs what to check; those of one step share a worker, and are at work side by side
 * @returns a result for each job, in the same order
 * @throws Error when vitest itself could not run a check
 */
export async function runChecks(jobs: Job[], options: RunChecksOptions = {}): Promise<CheckResult[]> {
  const { workers = 1, onTask } = options
  const batches = [...batchesOf(jobs)]
  const hasPage = jobs.some(hasIndexPage)
  const opening = hasPage && jobs.length > 1 ? launchBrowserServer() : undefined
  const vitest = await openVitest(
    batches.map((batch, index) => projectOf(batch, `batch-${index}`)),
    workers,
    (test) => {
      const job = batches[Number(test.project.name.slice(6))]?.jobs[test.meta().target ?? 0]
      if (job) onTask?.(job, taskResult(test))
    },
  )
  const browser = await opening
  try {
    for (const project of vitest.projects) {
      project.provide('browser', browser?.wsEndpoint())
      project.provide('ownBrowser', hasPage && jobs.length === 1)
    }
    const tests = await testsOf(vitest)
    const resultOf = new Map(
      batches.flatMap((batch, index) =>
        batch.jobs.map((job, target): [Job, CheckResult] => [
          job,
          { ...job, tasks: tasksOf(tests.get(`batch-${index}`) ?? [], target) },
        ]),
      ),
    )
    return jobs.map((job) => resultOf.get(job)!)
  } finally {
    process.exitCode = undefined // vitest sets it for a failed test; what it means here, the caller decides.
    await vitest.close()
    await browser?.close()
  }
}

/** A check that is loaded, with its browser and its first programs started, and waits to be wanted. */
export interface PreparedCheck {
  /** True when the check itself was edited since. */
  isOutdated(): boolean
  /** Tells it that the program was edited: what was started from it starts again. */
  edited(): void
  /**
   * Runs it. Once only.
   *
   * @param onTask called as each task ends
   * @throws Error when vitest itself could not run it
   */
  run(onTask?: (task: TaskResult) => void): Promise<CheckResult>
  /** Ends it, whether it was wanted or not. */
  close(): Promise<void>
}

/**
 * Prepares a check: its verdict comes sooner by all that a check needs to start.
 *
 * @param browser where a browser listens that may be used; undefined when there is none
 */
export async function prepareCheck(job: Job, browser: string | undefined): Promise<PreparedCheck> {
  const name = `on-the-wire-check-${randomUUID()}`
  const signal = openStartSignal(name)
  const file = join(job.step.dir, 'check.test.ts')
  const loadedAt = statSync(file).mtimeMs
  let onTask: ((task: TaskResult) => void) | undefined
  const vitest = await openVitest([projectOf({ ...job, jobs: [job] }, 'prepared', name)], 1, (test) =>
    onTask?.(taskResult(test)),
  )
  for (const project of vitest.projects) project.provide('browser', browser)
  const running = testsOf(vitest)
  running.catch(() => {}) // run() awaits it, if ever it is wanted.
  await Promise.race([signal.ready, running])

  return {
    isOutdated: () => statSync(file).mtimeMs !== loadedAt,
    edited: () => signal.send('edited'),
    async run(tell) {
      onTask = tell
      signal.send('start')
      const tests = await running
      return { ...job, tasks: tasksOf(tests.get('prepared') ?? [], 0) }
    },
    async close() {
      signal.send('stop')
      await running.catch(() => {}) // run() has thrown it already.
      signal.close()
      await vitest.close()
      process.exitCode = undefined
    },
  }
}

/** Jobs that can share a file: of one step, as patient as each other, in the same order. */
function batchesOf(jobs: Job[]): Iterable<Batch> {
  const batches = new Map<string, Batch>()
  for (const job of jobs) {
    const { step, patienceMs, seed } = job
    const key = [step.number, patienceMs, seed].join(' ')
    const batch = batches.get(key) ?? { step, patienceMs, seed, jobs: [] }
    batches.set(key, batch)
    batch.jobs.push(job)
  }
  return batches.values()
}

function hasIndexPage({ step }: Job): boolean {
  return existsSync(join(step.dir, pageFile(step.dir, 'index.html')))
}

/** @param onTest called as each test ends */
function openVitest(
  projects: ReturnType<typeof projectOf>[],
  maxWorkers: number,
  onTest: (test: TestCase) => void,
): Promise<Vitest> {
  const reporter: Reporter = { onTestCaseResult: onTest }
  return createVitest(
    'test',
    { config: false, root, watch: false, pool: 'threads', maxWorkers, reporters: [reporter], projects },
    { logLevel: 'silent' },
  )
}

/**
 * Runs all, and gives the tests of each project, by its name.
 *
 * @throws Error when something went wrong beside them
 */
async function testsOf(vitest: Vitest): Promise<Map<string, TestCase[]>> {
  const { testModules, unhandledErrors } = await vitest.start()
  const [unhandled] = unhandledErrors
  if (unhandled) throw new Error('A check went wrong beside its tasks.', { cause: unhandled })
  return new Map(testModules.map((module) => [module.project.name, testsIn(module)]))
}

function testsIn(module: TestModule): TestCase[] {
  const [error] = module.errors()
  if (error)
    throw new Error(`${module.relativeModuleId} could not be read: ${error.message}`, { cause: error })
  return [...module.children.allTests()]
}

/** @param target the index of the job in its batch */
function tasksOf(tests: TestCase[], target: number): TaskResult[] {
  const own = tests.filter((test) => (test.meta().target ?? 0) === target)
  if (own.length === 0) throw new Error('A check ran no task.')
  // Shuffled tasks come as they ran; a learner's task 2 is the second in the file.
  return own.toSorted((a, b) => (a.meta().position ?? 0) - (b.meta().position ?? 0)).map(taskResult)
}

function taskResult(test: TestCase): TaskResult {
  const result = test.result()
  const { transcript = [], crash, task = test.name } = test.meta()
  const [error] = result.errors ?? []
  const finding = isFinding(error?.finding) ? error.finding : undefined
  return {
    name: task,
    state: result.state === 'pending' ? 'skipped' : result.state,
    transcript,
    crash,
    finding,
    error: error && !finding ? { name: error.name ?? 'Error', message: error.message } : undefined,
    reason: result.state === 'skipped' ? result.note : undefined,
  }
}

/** An error's own fields come back from vitest's worker as plain data. */
function isFinding(value: unknown): value is Finding {
  return (
    typeof value === 'object' && value !== null && 'expected' in value && 'saw' in value && 'look' in value
  )
}
