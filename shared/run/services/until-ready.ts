import { setTimeout as pause } from 'node:timers/promises'
import type { Program } from '../run.ts'

const pauseMs = 50

/**
 * Waits while a server says of itself that no guests are to be sent to it: it answers `GET /readyz` with 503. Any other answer
 * ends the waiting, also that of a program that does not know the address.
 *
 * @param patienceMs after so long it returns all the same
 */
export async function untilReady(program: Program, patienceMs: number): Promise<void> {
  const signal = AbortSignal.timeout(patienceMs)
  while (program.running && !signal.aborted) {
    const status = await fetch(`${program.url}/readyz`, { signal }).then(
      (answer) => answer.status,
      () => undefined, // It has ended, or takes too long: the next that one asks of it says so.
    )
    if (status !== 503) return
    await pause(pauseMs)
  }
}
