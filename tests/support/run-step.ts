import { runFresh, type FreshProgram } from '#shared/run/run-fresh'

/**
 * Starts a step's program, compiled and with no data. The machine may be so busy that it takes a minute.
 *
 * @throws DidNotStart with the first line of its error
 */
export function runStep({ dir }: { dir: string }): Promise<FreshProgram> {
  return runFresh(dir, { compiled: true, patienceMs: 90_000 })
}
