import { askCheckService } from './check-service.ts'
import type { CheckResult, Job, TaskResult } from './job.ts'

/**
 * Runs one check. A check that waits beside a running program is asked first: its verdict comes within a second.
 *
 * @param onTask called as each task ends
 * @throws Error when vitest itself could not run it
 */
export async function runCheck(
  job: Job,
  onTask: (task: TaskResult) => void = () => {},
): Promise<CheckResult> {
  const result = await askCheckService(job, onTask)
  if (result) return result
  const { runChecks } = await import('./run-checks.ts') // not at the top: it is large
  const [own] = await runChecks([job], { onTask: (_job, task) => onTask(task) })
  return own!
}
