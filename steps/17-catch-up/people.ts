import { database } from './database.ts'
import type { Person } from './events.ts'
import { keyOf } from './names.ts'

// The database decides who was first: between a look and an insert, somebody else may have come.
const insert = database.prepare<[string, string, string, string], { id: number }>(
  `INSERT INTO accounts (username, display_name, display_key, password_hash) VALUES (?, ?, ?, ?)
   ON CONFLICT DO NOTHING RETURNING id`,
)
const byUsername = database.prepare<[string], { id: number; passwordHash: string }>(
  'SELECT id, password_hash AS passwordHash FROM accounts WHERE username = ?',
)
const byId = database.prepare<[number], Person>(
  'SELECT id, display_name AS username FROM accounts WHERE id = ?',
)

/**
 * Makes an account.
 *
 * @param username what they log in with
 * @param displayName what the others see
 * @returns its id, or undefined when one of the two names is in use
 */
export function addAccount(username: string, displayName: string, passwordHash: string): number | undefined {
  // Not get(): SQLite writes the row when the statement ends, and get() is not told that the disk is full.
  return insert.all(username, displayName, keyOf(displayName), passwordHash)[0]?.id
}

/** The account that somebody wants to log in to; undefined when there is none. */
export function accountOf(username: string): { id: number; passwordHash: string } | undefined {
  return byUsername.get(username)
}

/** Who a session belongs to: the only place where anybody's identity comes from. */
export function personOf({ accountId }: { accountId?: number }): Person | undefined {
  return accountId === undefined ? undefined : byId.get(accountId)
}
