import { z } from 'zod'
import { messageKey, text } from './text.ts'
import { database } from './database.ts'
import type { Conversation, Direct } from './events.ts'

/** The one whom one talks with, by the number of their account. */
export const other = z.int('A person is meant by the number of their account.')

/** What a direct message has to carry. */
export const directMessage = z.object(
  { key: messageKey, to: other, message: text },
  'A direct message is { key, to, message }.',
)

const maxHistoryLength = 50 // messages

const columns = 'id, from_id AS "from", to_id AS "to", message, at'
const exists = database.prepare<[number]>('SELECT 1 FROM accounts WHERE id = ?')
const insert = database.prepare<[number, number, string | undefined, string, number], Direct>(
  `INSERT INTO direct_messages (from_id, to_id, key, message, at) VALUES (?, ?, ?, ?, ?) RETURNING ${columns}`,
)
const byKey = database.prepare<[number, string | undefined]>(
  'SELECT 1 FROM direct_messages WHERE from_id = ? AND key = ?',
)
const newest = database.prepare<{ one: number; them: number; before: number; limit: number }, Direct>(
  `SELECT ${columns} FROM direct_messages
   WHERE ((from_id = @one AND to_id = @them) OR (from_id = @them AND to_id = @one)) AND id < @before
   ORDER BY id DESC LIMIT @limit`,
)
const since = database.prepare<{ me: number; id: number; limit: number }, Direct>(
  `SELECT ${columns} FROM direct_messages WHERE @me IN (from_id, to_id) AND id > @id ORDER BY id LIMIT @limit`,
)
const highest = database.prepare<[], { id: number | null }>('SELECT max(id) AS id FROM direct_messages')
const unread = database.prepare<[number, number]>(
  'SELECT 1 FROM direct_messages WHERE to_id = ? AND from_id = ? AND is_read = 0 LIMIT 1',
)
const read = database.prepare(
  'UPDATE direct_messages SET is_read = 1 WHERE to_id = ? AND from_id = ? AND is_read = 0',
)
const conversations = database.prepare<{ me: number }, Conversation>(
  `SELECT accounts.id, display_name AS username, sum(to_id = @me AND NOT is_read) AS unread
   FROM direct_messages JOIN accounts ON accounts.id = iif(from_id = @me, to_id, from_id)
   WHERE @me IN (from_id, to_id) GROUP BY accounts.id ORDER BY max(direct_messages.id) DESC`,
)

/** Whether somebody has sent a message by this key before, to whomever. */
export function sent(from: number, key: string | undefined): boolean {
  return byKey.get(from, key) !== undefined
}

/** Keeps a message between two; undefined when there is nobody to get it. Throws when this key was sent before. */
export function keepDirect(
  from: number,
  to: number,
  message: string,
  key: string | undefined,
): Direct | undefined {
  if (from === to || !exists.get(to)) return undefined
  // Not get(): SQLite writes the row when the statement ends, and get() is not told that the disk is full.
  return insert.all(from, to, key, message, Date.now())[0]
}

/** The last messages between these two, oldest first; with `before`, of those with a lower number. */
export function between(one: number, them: number, before = Infinity): Direct[] {
  return newest.all({ one, them, before, limit: maxHistoryLength }).toReversed()
}

/** What was said since to somebody in private, or by them, oldest first. */
export function directsSince(id: number, me: number, limit: number): Direct[] {
  return since.all({ me, id, limit })
}

/** The highest number that a direct message has; 0 without any. */
export function newestDirect(): number {
  return highest.get()?.id ?? 0
}

/** `reader` has seen all that `writer` has said. Returns false when there was nothing new. */
export function hasRead(reader: number, writer: number): boolean {
  return unread.get(reader, writer) !== undefined && read.run(reader, writer).changes > 0
}

/** With whom somebody has talked, the latest first. */
export function conversationsOf(me: number): Conversation[] {
  return conversations.all({ me })
}
