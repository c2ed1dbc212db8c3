import { z } from 'zod'
import { messageKey, text } from './text.ts'
import { database } from './database.ts'
import type { Kept, Person, Room } from './events.ts'
import { Refusal } from './hear.ts'
import { keyOf, nameOf } from './names.ts'

const maxHistoryLength = 50 // messages
const maxMembersShown = 100
const maxRooms = 20 // that one person may be in

/** The number of the room that everybody is in, and nobody leaves. */
export const general = 1

/** What an event has to carry: a room's number, a new room's name, a message and where it is said. */
export const roomId = z.int('A room is meant by its number.')
export const roomName = nameOf('A room', 30)
export const roomMessage = z.object(
  { key: messageKey, room: roomId, message: text },
  'A message is { key, room, message }.',
)

const insert = database.prepare<[string, string], { id: number }>(
  'INSERT INTO rooms (name, key) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id',
)
const byId = database.prepare<[number], { id: number; name: string; members: number }>(
  'SELECT id, name, (SELECT count(*) FROM room_members WHERE room_id = id) AS members FROM rooms WHERE id = ?',
)
const addMember = database.prepare(
  'INSERT OR IGNORE INTO room_members (room_id, account_id, read_id) VALUES (?, ?, ?)',
)
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
const unread = database.prepare<[number, number], { unread: number }>(
  `SELECT count(*) AS unread FROM messages JOIN room_members USING (room_id)
   JOIN accounts ON accounts.id = account_id AND display_name <> messages.username -- one's own are not new
   WHERE room_id = ? AND account_id = ? AND messages.id > read_id`,
)
const lastId = database.prepare<[number], { id: number }>(
  'SELECT max(id) AS id FROM messages WHERE room_id = ?',
)
const read = database.prepare('UPDATE room_members SET read_id = ? WHERE room_id = ? AND account_id = ?')
const members = database.prepare<[number, number], Person>(
  `SELECT accounts.id, display_name AS username FROM room_members JOIN accounts ON accounts.id = account_id
   WHERE room_id = ? ORDER BY display_key LIMIT ?`,
)
const roomsOf = database.prepare<[number], { rooms: number }>(
  'SELECT count(*) AS rooms FROM room_members WHERE account_id = ?',
)
const keep = database.prepare<[number, number, string | undefined, string, string, number], Kept>(
  `INSERT INTO messages (room_id, from_id, key, username, message, at) VALUES (?, ?, ?, ?, ?, ?)
   RETURNING id, room_id AS room, username, message, at`,
)
const byKey = database.prepare<[number, string | undefined], Kept>(
  'SELECT id, room_id AS room, username, message, at FROM messages WHERE from_id = ? AND key = ?',
)
const newest = database.prepare<[number, number, number], Kept>(
  `SELECT id, room_id AS room, username, message, at FROM messages
   WHERE room_id = ? AND id < ? ORDER BY id DESC LIMIT ?`,
)
const since = database.prepare<[number, number, number], Kept>(
  `SELECT id, messages.room_id AS room, username, message, at
   FROM messages JOIN room_members USING (room_id)
   WHERE account_id = ? AND id > ? ORDER BY id LIMIT ?`,
)
const highest = database.prepare<[], { id: number | null }>('SELECT max(id) AS id FROM messages')

/**
 * Makes a room with its first member.
 *
 * @returns its number, or undefined when the name is in use
 * @throws Refusal when this person is in as many rooms as one may be
 */
export const createRoom = database.transaction((name: string, account: number) => {
  refuseTooMany(account)
  const room = insert.get(name, keyOf(name))
  if (room) addMember.run(room.id, account, 0)
  return room?.id
})

/**
 * @returns false when there is no such room
 * @throws Refusal when this person is in as many rooms as one may be
 */
export const joinRoom = database.transaction((room: number, account: number) => {
  if (!byId.get(room)) return false
  if (!isMember(room, account)) refuseTooMany(account)
  addMember.run(room, account, lastId.get(room)?.id ?? 0) // what was said before is not new
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
  return all.all(account).map(({ isMine, ...room }) => {
    return { ...room, isMember: isMine > 0, unread: isMine > 0 ? unreadIn(room.id, account) : 0 }
  })
}

/** A room that this person is in, as they see it. */
export function roomFor(room: number, account: number): Room {
  return { ...roomOf(room), isMember: true, unread: unreadIn(room, account) }
}

/** The members of a room, by name; the first hundred, where there are more. */
export function membersOf(room: number): Person[] {
  return members.all(room, maxMembersShown)
}

/** A member has seen all that was said in a room. Returns false when there was nothing new. */
export function markRead(room: number, account: number): boolean {
  return unreadIn(room, account) > 0 && read.run(lastId.get(room)?.id, room, account).changes > 0
}

function refuseTooMany(account: number) {
  if ((roomsOf.get(account)?.rooms ?? 0) < maxRooms) return
  throw new Refusal(`You are in ${maxRooms} rooms: leave one first.`)
}

function unreadIn(room: number, account: number): number {
  return unread.get(room, account)?.unread ?? 0
}

/** A room as it is now; with no members, once it is gone. */
export function roomOf(id: number): Pick<Room, 'id' | 'name' | 'members'> {
  return byId.get(id) ?? { id, name: '', members: 0 }
}

/** What somebody has said by this key; undefined when it has not come yet. */
export function keptBefore(from: number, key: string | undefined): Kept | undefined {
  return byKey.get(from, key)
}

/** Keeps what somebody says in a room. Throws when they have said something by this key before. */
export function keepMessage(
  room: number,
  username: string,
  message: string,
  from: number,
  key: string | undefined,
): Kept {
  // Not get(): SQLite writes the row when the statement ends, and get() is not told that the disk is full.
  return keep.all(room, from, key, username, message, Date.now())[0]!
}

/** The last messages of a room, oldest first; with `before`, of those with a lower number. */
export function historyOf(room: number, before = Infinity): Kept[] {
  return newest.all(room, before, maxHistoryLength).toReversed()
}

/** What was said since in the rooms that somebody is in now, oldest first. */
export function messagesSince(id: number, account: number, limit: number): Kept[] {
  return since.all(account, id, limit)
}

/** The highest number that a message has; 0 without any. */
export function newestMessage(): number {
  return highest.get()?.id ?? 0
}
