import type { Status } from '../protocol.ts'

/** Which program is behind the windows, and how often it has started. */
export type ProgramStart = Pick<Status, 'born' | 'runs' | 'starts'>

/** Whether a program has started since then. */
export function hasStarted(before: ProgramStart, now: ProgramStart): boolean {
  return now.starts > (before.born === now.born ? before.starts : 0)
}

/**
 * Whether the classroom has to load a window. Each window is to be loaded once a start: after an edit most pages do that
 * themselves.
 *
 * @param shown the start that the window shows
 * @param reloadsItself whether the page in it waits to be told, and reloads itself
 */
export function isToBeLoaded(shown: ProgramStart, now: ProgramStart, reloadsItself: boolean): boolean {
  const isAnother = now.born !== shown.born || now.runs !== shown.runs
  return hasStarted(shown, now) && (isAnother || !reloadsItself)
}
