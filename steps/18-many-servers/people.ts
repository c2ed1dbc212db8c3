import { sql } from 'kysely'
import { all, alone, first } from './database.ts'
import type { Person } from './events.ts'
import { keyOf } from './names.ts'

/**
 * Makes an account. The database decides who was first: between a look and an insert, somebody else may have come.
 *
 * @param username what they log in with
 * @param displayName what the others see
 * @returns its id, or undefined when one of the two names is in use
 */
export function addAccount(
  username: string,
  displayName: string,
  passwordHash: string,
): Promise<number | undefined> {
  return alone('accounts', async (on) => {
    const account = await first(
      sql<{ id: number }>`INSERT INTO accounts (username, display_name, display_key, password_hash)
        VALUES (${username}, ${displayName}, ${keyOf(displayName)}, ${passwordHash})
        ON CONFLICT DO NOTHING RETURNING id`,
      on,
    )
    if (account) await all(sql`INSERT INTO room_members (room_id, account_id) VALUES (1, ${account.id})`, on)
    return account?.id
  })
}

/** The account that somebody wants to log in to; undefined when there is none. */
export function accountOf(username: string): Promise<{ id: number; passwordHash: string } | undefined> {
  return first(
    sql<{ id: number; passwordHash: string }>`SELECT id, password_hash AS "passwordHash" FROM accounts
      WHERE username = ${username}`,
  )
}

/** Who a session belongs to: the only place where anybody's identity comes from. */
export async function personOf({ accountId }: { accountId?: number }): Promise<Person | undefined> {
  if (accountId === undefined) return undefined
  return first(sql<Person>`SELECT id, display_name AS username FROM accounts WHERE id = ${accountId}`)
}
