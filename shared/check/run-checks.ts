import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createVitest, type Reporter, type TestCase, type TestModule } from 'vitest/node'
import { root, type Step } from '../course/course.ts'
import { launchBrowserServer } from './browser.ts'
import type { Finding } from './not-yet.ts'
import type { Target } from './target.ts'

/** A step's check against one target. */
export interface Job {
  step: Step
  target: Target
  /** how long to wait for what does not come, ms; see patience.ts */
  patienceMs?: number
  /** after the first task that fails, skip the others */
  stopAtFirst?: boolean
  /** the names of the tasks to run; default all */
  only?: string[]
  /** shuffles the tasks; without one they run in their order */
  seed?: number
}

/** What came out of one task of a check. */
export interface TaskResult {
  name: string
  state: 'passed' | 'failed' | 'skipped'
  /** what happened, line by line */
  transcript: string[]
  /** set when the program gave a wrong answer */
  finding?: Finding
  /** set when it did not start, or when something else went wrong */
  error?: { name: string; message: string }
  /** the first line of the error that the program died of during the task */
  crash?: string
  /** why it was skipped */
  reason?: string
}

export interface CheckResult extends Job {
  /** in the order in which they stand in check.test.ts */
  tasks: TaskResult[]
}

export interface RunChecksOptions {
  /** how many checks at once; default 1 */
  workers?: number
  /** called as each task ends */
  onTask?: (job: Job, task: TaskResult) => void
}

/**
 * The vitest project that runs one step's check.
 *
 * @param job what to check
 * @param name unique among the projects of a run
 */
export function checkProject(job: Job, name: string) {
  const { step, target, patienceMs, stopAtFirst, only, seed } = job
  return {
    test: {
      name,
      root,
      include: [`${relative(root, step.dir).replaceAll('\\', '/')}/check.test.ts`],
      provide: { target, patienceMs, stopAtFirst, only },
      sequence: seed === undefined ? {} : { shuffle: { tests: true }, seed },
      // A task may start a server and a browser on a busy laptop; what it waits for has limits of its own.
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  }
}

/**
 * Runs checks, each against its target.
 *
 * @param jobs what to check
 * @returns a result for each job, in the same order
 * @throws Error when vitest itself could not run a check
 */
export async function runChecks(jobs: Job[], options: RunChecksOptions = {}): Promise<CheckResult[]> {
  const { workers = 1, onTask } = options
  const byProject = new Map(jobs.map((job, index) => [`job-${index}`, job]))
  const reporter: Reporter = {
    onTestCaseResult(test) {
      const job = byProject.get(test.project.name)
      if (job) onTask?.(job, taskResult(test))
    },
  }

  const hasPage = jobs.some(({ step }) => existsSync(join(step.dir, 'index.html')))
  const opening = hasPage && jobs.length > 1 ? launchBrowserServer() : undefined
  const vitest = await createVitest(
    'test',
    {
      config: false,
      root,
      watch: false,
      pool: 'threads',
      maxWorkers: workers,
      reporters: [reporter],
      projects: [...byProject].map(([name, job]) => checkProject(job, name)),
    },
    { logLevel: 'silent' },
  )
  const browser = await opening
  try {
    for (const project of vitest.projects) {
      project.provide('browser', browser?.wsEndpoint())
      project.provide('ownBrowser', hasPage && jobs.length === 1)
    }
    const { testModules, unhandledErrors } = await vitest.start()
    const [unhandled] = unhandledErrors
    if (unhandled) throw new Error('A check went wrong beside its tasks.', { cause: unhandled })
    return [...byProject].map(([name, job]) => ({ ...job, tasks: tasksOf(testModules, name) }))
  } finally {
    process.exitCode = undefined // vitest sets it for a failed test; what it means here, the caller decides.
    await vitest.close()
    await browser?.close()
  }
}

function tasksOf(modules: TestModule[], project: string): TaskResult[] {
  const module = modules.find((one) => one.project.name === project)
  const [error] = module?.errors() ?? []
  if (error)
    throw new Error(`${module?.relativeModuleId} could not be read: ${error.message}`, { cause: error })
  const tests = [...(module?.children.allTests() ?? [])]
  if (tests.length === 0) throw new Error(`${project} ran no task.`)
  // Shuffled tasks come as they ran; a learner's task 2 is the second in the file.
  return tests.toSorted((a, b) => (a.location?.line ?? 0) - (b.location?.line ?? 0)).map(taskResult)
}

function taskResult(test: TestCase): TaskResult {
  const result = test.result()
  const { transcript = [], crash } = test.meta()
  const [error] = result.errors ?? []
  const finding = isFinding(error?.finding) ? error.finding : undefined
  return {
    name: test.name,
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
