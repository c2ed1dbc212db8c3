import { inject } from 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    patienceMs?: number
  }
}

/**
 * How long a check waits, in ms, for something that a working program does at once. Only a program that does not do it
 * is ever waited for that long.
 *
 * It is counted in pauses, not by the clock: when the machine is so busy that our own timers and a look at a page take
 * longer, the program gets as much. By the clock it is never more than four times as long.
 */
export const timeoutMs = inject('patienceMs') ?? 2_000

/** How long after a restart a page may be without its connection: it tries again after about 1, 2, 4 and then each 5 s. */
export const reconnectMs = 10_000

const maxPauseMs = 40

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
  let leftMs = timeoutMs + lateMs
  for (let pauseMs = 2; ; pauseMs = Math.min(2 * pauseMs, maxPauseMs)) {
    const startedAt = performance.now()
    const value = await found()
    if (value !== undefined && value !== false) return value
    if (leftMs <= 0) return undefined
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    leftMs -= counted(pauseMs, startedAt)
  }
}

/**
 * Does something that may take as long as the patience lasts.
 *
 * @param work gets a signal that is aborted when the patience is over
 * @param lateMs how long a right program lets it wait
 */
export async function inTime<Value>(
  work: (signal: AbortSignal) => Promise<Value>,
  lateMs = 0,
): Promise<Value> {
  const controller = new AbortController()
  let leftMs = timeoutMs + lateMs
  let startedAt = performance.now()
  const timer = setInterval(() => {
    leftMs -= counted(maxPauseMs, startedAt)
    startedAt = performance.now()
    if (leftMs <= 0) controller.abort()
  }, maxPauseMs)
  try {
    return await work(controller.signal)
  } finally {
    clearInterval(timer)
  }
}

function counted(pauseMs: number, startedAt: number): number {
  return Math.max(pauseMs, (performance.now() - startedAt) / 4)
}
