import { sql } from 'kysely'
import { z } from 'zod'
import { all, alone, first, type On } from './database.ts'
import type { Kept } from './events.ts'
import { roomId } from './room-table.ts'
import { messageKey, text } from './text.ts'

/** What a message has to carry. */
export const roomMessage = z.object(
  { key: messageKey, room: roomId, message: text },
  'A message is { key, room, message }.',
)

const maxHistoryLength = 50 // messages

const columns = sql`id, room_id AS room, username, message, at`

/** What somebody has said by this key; undefined when it has not come yet. */
export async function keptBefore(from: number, key: string | undefined, on?: On): Promise<Kept | undefined> {
  if (key === undefined) return undefined
  return first(sql<Kept>`SELECT ${columns} FROM messages WHERE from_id = ${from} AND key = ${key}`, on)
}

/**
 * Keeps what somebody says in a room. One after the other, on all servers together: Postgres gives a number when an insert
 * begins, and shows the row when it has ended. Of two at once, 42 may be there before 41. A page that asks in between would
 * get 42, ask for what comes after 42 from then on, and never hear of 41.
 *
 * @returns it, and whether it is new: of what came to two servers at once by the same key, one is
 */
export function keepMessage(
  room: number,
  username: string,
  message: string,
  from: number,
  key: string | undefined,
): Promise<{ kept: Kept; isNew: boolean }> {
  return alone('messages', async (on) => {
    const before = await keptBefore(from, key, on)
    if (before) return { kept: before, isNew: false }
    const [kept] = await all(
      sql<Kept>`INSERT INTO messages (room_id, from_id, key, username, message, at)
        VALUES (${room}, ${from}, ${key ?? null}, ${username}, ${message}, ${Date.now()}) RETURNING ${columns}`,
      on,
    )
    return { kept: kept!, isNew: true }
  })
}

/** The last messages of a room, oldest first; with `before`, of those with a lower number. */
export async function historyOf(room: number, before = Number.MAX_SAFE_INTEGER): Promise<Kept[]> {
  const newest = await all(
    sql<Kept>`SELECT ${columns} FROM messages
      WHERE room_id = ${room} AND id < ${before} ORDER BY id DESC LIMIT ${maxHistoryLength}`,
  )
  return newest.toReversed()
}

/** What was said since in the rooms that somebody is in now, oldest first. */
export function messagesSince(id: number, account: number, limit: number): Promise<Kept[]> {
  return all(
    sql<Kept>`SELECT id, messages.room_id AS room, username, message, at
      FROM messages JOIN room_members ON room_members.room_id = messages.room_id
      WHERE account_id = ${account} AND id > ${id} ORDER BY id LIMIT ${limit}`,
  )
}

/** The highest number that a message has; 0 without any. */
export async function newestMessage(): Promise<number> {
  const highest = await first(sql<{ id: number | null }>`SELECT max(id) AS id FROM messages`)
  return highest?.id ?? 0
}
