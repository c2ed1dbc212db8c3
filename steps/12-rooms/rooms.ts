import { database } from './database.ts'
import type { Person, Room, RoomMessage } from './events.ts'

const longestHistory = 50 // messages

/** The chat of the steps before. Everybody is in it, so it is no row in the table. */
export const general = 'General'

const insert = database.prepare<[string, string], { id: number }>(
  'INSERT INTO rooms (name, key) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id',
)
const exists = database.prepare<[number]>('SELECT 1 FROM rooms WHERE id = ?')
const addMember = database.prepare('INSERT OR IGNORE INTO room_members VALUES (?, ?)')
const removeMember = database.prepare('DELETE FROM room_members WHERE room_id = ? AND account_id = ?')
const removeEmpty = database.prepare(
  'DELETE FROM rooms WHERE id = ? AND NOT EXISTS (SELECT 1 FROM room_members WHERE room_id = rooms.id)',
)
const membership = database.prepare<[number, number]>(
  'SELECT 1 FROM room_members WHERE room_id = ? AND account_id = ?',
)
const members = database.prepare<[number], Person>(
  `SELECT accounts.id, display_name AS username FROM room_members JOIN accounts ON accounts.id = account_id
   WHERE room_id = ? ORDER BY display_key`,
)
const all = database.prepare<{ me: number }, { id: number; name: string; members: number; mine: number }>(
  `SELECT rooms.id, name, count(*) AS members, sum(account_id = @me) AS mine
   FROM rooms JOIN room_members ON room_id = rooms.id GROUP BY rooms.id ORDER BY key`,
)
const keep = database.prepare<[number, string, string, number], RoomMessage>(
  `INSERT INTO room_messages (room_id, username, message, at) VALUES (?, ?, ?, ?)
   RETURNING id, room_id AS room, username, message, at`,
)
const newest = database.prepare<[number, number], RoomMessage>(
  'SELECT id, room_id AS room, username, message, at FROM room_messages WHERE room_id = ? ORDER BY id DESC LIMIT ?',
)

/** Makes a room with its first member. Returns its number, or undefined when the name is in use. */
export const createRoom = database.transaction((name: string, account: number) => {
  const key = name.normalize('NFKC').toLowerCase()
  const room = key === general.toLowerCase() ? undefined : insert.get(name, key)
  if (room) addMember.run(room.id, account)
  return room?.id
})

/** Returns false when there is no such room. */
export const joinRoom = database.transaction((room: number, account: number) => {
  if (!exists.get(room)) return false
  addMember.run(room, account)
  return true
})

/** The last one to leave takes the room along, and all that was said in it. Returns false for who was not in it. */
export const leaveRoom = database.transaction((room: number, account: number) => {
  const { changes } = removeMember.run(room, account)
  removeEmpty.run(room)
  return changes > 0
})

export function isMember(room: number, account: number): boolean {
  return membership.get(room, account) !== undefined
}

export function membersOf(room: number): Person[] {
  return members.all(room)
}

/** All rooms, by name, as this person sees them. */
export function roomsFor(me: number): Room[] {
  return all.all({ me }).map(({ mine, ...room }) => ({ ...room, isMember: mine > 0 }))
}

export function keepInRoom(room: number, username: string, message: string): RoomMessage | undefined {
  return keep.get(room, username, message, Date.now())
}

/** The last messages of a room, oldest first. */
export function roomHistory(room: number): RoomMessage[] {
  return newest.all(room, longestHistory).toReversed()
}
