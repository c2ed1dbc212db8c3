import { inject } from 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    patienceMs?: number
  }
}

/**
 * How long a check waits, in ms, for something that a working program does at once. Only a program that does not do it
 * is ever waited for that long.
 */
export const patienceMs = inject('patienceMs') ?? 2_000

/**
 * Waits until `found` gives a value.
 *
 * @param found looked at again after 2, 4, 8 … 40 ms, since to look at a page is work for it; undefined and false mean "not yet"
 * @param lateMs how long a right program lets it wait
 * @returns the value, or undefined when the patience is over
 */
export async function eventually<Value>(
  found: () => Value | undefined | false | Promise<Value | undefined | false>,
  lateMs = 0,
): Promise<Value | undefined> {
  const until = performance.now() + patienceMs + lateMs
  for (let pauseMs = 2; ; pauseMs = Math.min(2 * pauseMs, 40)) {
    const value = await found()
    if (value !== undefined && value !== false) return value
    if (performance.now() > until) return undefined
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
