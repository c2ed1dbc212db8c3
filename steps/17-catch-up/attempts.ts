const maxAttempts = 10
const withinMs = 15 * 60 * 1_000

/** By username, whether or not there is such an account. In memory: a restart forgets it. */
const failed = new Map<string, { times: number; until: number }>()

/**
 * Counts an attempt to log in. It counts before the answer is known: of a thousand at once, none could be counted after.
 *
 * @returns how many minutes this username has to wait; 0 when it may try
 */
export function attempt(username: string): number {
  const now = Date.now()
  for (const [name, { until }] of failed) if (until <= now) failed.delete(name)
  const known = failed.get(username) ?? { times: 0, until: now + withinMs }
  if (known.times >= maxAttempts) return Math.ceil((known.until - now) / 60_000)
  known.times += 1
  failed.set(username, known)
  return 0
}

/** The password was right after all. */
export function forgive(username: string): void {
  failed.delete(username)
}
