import { z } from 'zod'
import { text } from './text.ts'
import { database } from './database.ts'
import type { Kept, Room } from './events.ts'
import { keyOf, nameOf } from './names.ts'

const maxHistoryLength = 50 // messages

/** The number of the room that everybody is in, and nobody leaves. */
export const general = 1

/** What an event has to carry: a room's number, a new room's name, a message and where it is said. */
export const roomId = z.int('A room is meant by its number.')
export const roomName = nameOf('A room', 30)
export const roomMessage = z.object({ room: roomId, message: text }, 'A message is { room, message }.')

const insert = database.prepare<[string, string], { id: number }>(
  'INSERT INTO rooms (name, key) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id',
)
const byId = database.prepare<[number], { id: number; name: string; members: number }>(
  'SELECT id, name, (SELECT count(*) FROM room_members WHERE room_id = id) AS members FROM rooms WHERE id = ?',
)
const addMember = database.prepare('INSERT OR IGNORE INTO room_members (room_id, account_id) VALUES (?, ?)')
const removeMember = database.prepare('DELETE FROM room_members WHERE room_id = ? AND account_id = ?')
const removeRoom = database.prepare('DELETE FROM rooms WHERE id = ?')
const removeMessages = database.prepare('DELETE FROM messages WHERE room_id = ?')
const membership = database.prepare<[number, number]>(
  'SELECT 1 FROM room_members WHERE room_id = ? AND account_id = ?',
)
const all = database.prepare<[number], { id: number; name: string; members: number; isMine: number }>(
  `SELECT id, name, count(*) AS members, sum(account_id = ?) AS isMine
   FROM rooms JOIN room_members ON room_id = id GROUP BY id ORDER BY key`,
)
const keep = database.prepare<[number, string, string, number], Kept>(
  `INSERT INTO messages (room_id, username, message, at) VALUES (?, ?, ?, ?)
   RETURNING id, room_id AS room, username, message, at`,
)
const newest = database.prepare<[number, number], Kept>(
  'SELECT id, room_id AS room, username, message, at FROM messages WHERE room_id = ? ORDER BY id DESC LIMIT ?',
)

/** Makes a room with its first member. Returns its number, or undefined when the name is in use. */
export const createRoom = database.transaction((name: string, account: number) => {
  const room = insert.get(name, keyOf(name))
  if (room) addMember.run(room.id, account)
  return room?.id
})

/** Returns false when there is no such room. */
export const joinRoom = database.transaction((room: number, account: number) => {
  if (!byId.get(room)) return false
  addMember.run(room, account)
  return true
})

/** The last one to leave takes the room along, and all that was said in it. Returns false for who cannot leave it. */
export const leaveRoom = database.transaction((room: number, account: number) => {
  if (room === general || removeMember.run(room, account).changes === 0) return false
  if (byId.get(room)?.members === 0) {
    removeMessages.run(room)
    removeRoom.run(room)
  }
  return true
})

export function isMember(room: number, account: number): boolean {
  return membership.get(room, account) !== undefined
}

/** All rooms, by name, as this person sees them. */
export function roomsFor(account: number): Room[] {
  return all.all(account).map(({ isMine, ...room }) => ({ ...room, isMember: isMine > 0 }))
}

/** A room as it is now; with no members, once it is gone. */
export function roomOf(id: number): Omit<Room, 'isMember'> {
  return byId.get(id) ?? { id, name: '', members: 0 }
}

/** Keeps what somebody says in a room. */
export function keepMessage(room: number, username: string, message: string): Kept {
  // Not get(): SQLite writes the row when the statement ends, and get() is not told that the disk is full.
  return keep.all(room, username, message, Date.now())[0]!
}

/** The last messages of a room, oldest first. */
export function historyOf(room: number): Kept[] {
  return newest.all(room, maxHistoryLength).toReversed()
}
