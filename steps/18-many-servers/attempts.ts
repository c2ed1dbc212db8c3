import { sql } from 'kysely'
import { all, first } from './database.ts'

const maxAttempts = 10
const withinMs = 15 * 60 * 1_000

/**
 * Counts an attempt to log in. It counts before the answer is known: of a thousand at once, none could be counted after. In
 * the database, where all servers count together.
 *
 * @returns how many minutes this username has to wait; 0 when it may try
 */
export async function attempt(username: string): Promise<number> {
  const now = Date.now()
  await all(sql`DELETE FROM attempts WHERE until <= ${now}`)
  const counted = await first(
    sql<{ times: number; until: number }>`INSERT INTO attempts (username, times, until)
      VALUES (${username}, 1, ${now + withinMs})
      ON CONFLICT (username) DO UPDATE SET times = attempts.times + 1
      RETURNING times, until`,
  )
  return counted && counted.times > maxAttempts ? Math.ceil((counted.until - now) / 60_000) : 0
}

/** The password was right after all. */
export async function forgive(username: string): Promise<void> {
  await all(sql`DELETE FROM attempts WHERE username = ${username}`)
}
