import { sql } from 'kysely'
import { z } from 'zod'
import { all, alone, first } from './database.ts'
import type { Conversation, Direct } from './events.ts'
import { messageKey, text } from './text.ts'

/** The one whom one talks with, by the number of their account. */
export const other = z.int('A person is meant by the number of their account.')

/** What a direct message has to carry. */
export const directMessage = z.object(
  { key: messageKey, to: other, message: text },
  'A direct message is { key, to, message }.',
)

const maxHistoryLength = 50 // messages

const columns = sql`id, from_id AS "from", to_id AS "to", message, at`

/** Whether somebody has sent a message by this key before, to whomever. */
export async function sent(from: number, key: string | undefined): Promise<boolean> {
  if (key === undefined) return false
  const found = await first(sql`SELECT 1 FROM direct_messages WHERE from_id = ${from} AND key = ${key}`)
  return found !== undefined
}

/**
 * Keeps a message between two. Numbers are given one after the other, as in rooms.
 *
 * @returns undefined when there is nobody to get it, 'before' when this key was sent before
 */
export async function keepDirect(
  from: number,
  to: number,
  message: string,
  key: string | undefined,
): Promise<Direct | 'before' | undefined> {
  if (from === to || !(await first(sql`SELECT 1 FROM accounts WHERE id = ${to}`))) return undefined
  const kept = await alone('direct_messages', (on) =>
    first(
      sql<Direct>`INSERT INTO direct_messages (from_id, to_id, key, message, at)
        VALUES (${from}, ${to}, ${key ?? null}, ${message}, ${Date.now()})
        ON CONFLICT (from_id, key) DO NOTHING RETURNING ${columns}`,
      on,
    ),
  )
  return kept ?? 'before'
}

/** The last messages between these two, oldest first; with `before`, of those with a lower number. */
export async function between(
  one: number,
  them: number,
  before = Number.MAX_SAFE_INTEGER,
): Promise<Direct[]> {
  const newest = await all(
    sql<Direct>`SELECT ${columns} FROM direct_messages
      WHERE ((from_id = ${one} AND to_id = ${them}) OR (from_id = ${them} AND to_id = ${one})) AND id < ${before}
      ORDER BY id DESC LIMIT ${maxHistoryLength}`,
  )
  return newest.toReversed()
}

/** What was said since to somebody in private, or by them, oldest first. */
export function directsSince(id: number, me: number, limit: number): Promise<Direct[]> {
  return all(
    sql<Direct>`SELECT ${columns} FROM direct_messages
      WHERE (from_id = ${me} OR to_id = ${me}) AND id > ${id} ORDER BY id LIMIT ${limit}`,
  )
}

/** The highest number that a direct message has; 0 without any. */
export async function newestDirect(): Promise<number> {
  const highest = await first(sql<{ id: number | null }>`SELECT max(id) AS id FROM direct_messages`)
  return highest?.id ?? 0
}

/** `reader` has seen all that `writer` has said. Returns false when there was nothing new. */
export async function hasRead(reader: number, writer: number): Promise<boolean> {
  const unread = sql`to_id = ${reader} AND from_id = ${writer} AND is_read = 0`
  if (!(await first(sql`SELECT 1 FROM direct_messages WHERE ${unread} LIMIT 1`))) return false
  const read = await all(sql`UPDATE direct_messages SET is_read = 1 WHERE ${unread} RETURNING id`)
  return read.length > 0
}

/** With whom somebody has talked, the latest first. */
export function conversationsOf(me: number): Promise<Conversation[]> {
  return all(
    sql<Conversation>`SELECT accounts.id, display_name AS username,
        count(*) FILTER (WHERE to_id = ${me} AND is_read = 0) AS unread
      FROM direct_messages
      JOIN accounts ON accounts.id = CASE WHEN from_id = ${me} THEN to_id ELSE from_id END
      WHERE from_id = ${me} OR to_id = ${me}
      GROUP BY accounts.id, display_name ORDER BY max(direct_messages.id) DESC`,
  )
}
