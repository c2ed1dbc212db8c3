import type { Step } from '../course/course.ts'
import type { Finding } from './not-yet.ts'
import type { Target } from './target.ts'

/** What a check is run against, and which of its tasks. */
export interface Checked {
  target: Target
  /** after the first task that fails, skip the others */
  stopAtFirst?: boolean
  /** the names of the tasks to run; default all */
  only?: string[]
}

/** A step's check against one target. */
export interface Job extends Checked {
  step: Step
  /** how long to wait for what does not come, ms; see patience.ts */
  patienceMs?: number
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
