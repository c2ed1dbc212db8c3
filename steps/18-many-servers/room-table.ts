import { sql } from 'kysely'
import { z } from 'zod'
import { all, alone, first, type On } from './database.ts'
import type { Person, Room } from './events.ts'
import { Refusal } from './hear.ts'
import { keyOf, nameOf } from './names.ts'

const maxMembersShown = 100
const maxRooms = 20 // that one person may be in

/** The number of the room that everybody is in, and nobody leaves. */
export const general = 1

/** What an event has to carry: a room's number, or a new room's name. */
export const roomId = z.int('A room is meant by its number.')
export const roomName = nameOf('A room', 30)

/**
 * Makes a room with its first member.
 *
 * @returns its number, or undefined when the name is in use
 * @throws Refusal when this person is in as many rooms as one may be
 */
export function createRoom(name: string, account: number): Promise<number | undefined> {
  return alone('rooms', async (on) => {
    await refuseTooMany(account, on)
    const room = await first(
      sql<{ id: number }>`INSERT INTO rooms (name, key) VALUES (${name}, ${keyOf(name)})
        ON CONFLICT DO NOTHING RETURNING id`,
      on,
    )
    if (room) await addMember(room.id, account, on)
    return room?.id
  })
}

/**
 * @returns false when there is no such room
 * @throws Refusal when this person is in as many rooms as one may be
 */
export function joinRoom(room: number, account: number): Promise<boolean> {
  return alone('rooms', async (on) => {
    if ((await roomOf(room, on)).members === 0) return false
    if (await isMember(room, account, on)) return true
    await refuseTooMany(account, on)
    await addMember(room, account, on)
    return true
  })
}

/** The last one to leave takes the room along, and all that was said in it. Returns false for who cannot leave it. */
export async function leaveRoom(room: number, account: number): Promise<boolean> {
  if (room === general) return false
  return alone('rooms', async (on) => {
    const left = await first(
      sql`DELETE FROM room_members WHERE room_id = ${room} AND account_id = ${account} RETURNING room_id`,
      on,
    )
    if (left && (await roomOf(room, on)).members === 0) {
      await all(sql`DELETE FROM messages WHERE room_id = ${room}`, on)
      await all(sql`DELETE FROM rooms WHERE id = ${room}`, on)
    }
    return left !== undefined
  })
}

export async function isMember(room: number, account: number, on?: On): Promise<boolean> {
  const found = await first(
    sql`SELECT 1 FROM room_members WHERE room_id = ${room} AND account_id = ${account}`,
    on,
  )
  return found !== undefined
}

/** The numbers of the rooms that somebody is in. */
export async function roomsOf(account: number): Promise<number[]> {
  const rooms = await all(
    sql<{ id: number }>`SELECT room_id AS id FROM room_members WHERE account_id = ${account}`,
  )
  return rooms.map(({ id }) => id)
}

/** All rooms, by name, as this person sees them. */
export async function roomsFor(account: number): Promise<Room[]> {
  const rooms = await all(
    sql<{
      id: number
      name: string
      members: number
      mine: number
    }>`SELECT rooms.id, name, count(*) AS members,
        count(*) FILTER (WHERE account_id = ${account}) AS mine
      FROM rooms JOIN room_members ON room_id = rooms.id
      GROUP BY rooms.id, name, key ORDER BY key`,
  )
  const unread = await all(unreadOf(account))
  return rooms.map(({ mine, ...room }) => {
    return { ...room, isMember: mine > 0, unread: unread.find((one) => one.room === room.id)?.unread ?? 0 }
  })
}

/** A room that this person is in, as they see it. */
export async function roomFor(room: number, account: number): Promise<Room> {
  return { ...(await roomOf(room)), isMember: true, unread: await unreadIn(room, account) }
}

/** The members of a room, by name; the first hundred, where there are more. */
export function membersOf(room: number): Promise<Person[]> {
  return all(
    sql<Person>`SELECT accounts.id, display_name AS username
      FROM room_members JOIN accounts ON accounts.id = account_id
      WHERE room_id = ${room} ORDER BY display_key LIMIT ${maxMembersShown}`,
  )
}

/** A member has seen all that was said in a room. Returns false when there was nothing new. */
export async function markRead(room: number, account: number): Promise<boolean> {
  if ((await unreadIn(room, account)) === 0) return false
  const read = await all(
    sql`UPDATE room_members SET read_id = (SELECT max(id) FROM messages WHERE room_id = ${room})
      WHERE room_id = ${room} AND account_id = ${account} RETURNING read_id`,
  )
  return read.length > 0
}

/** A room as it is now; with no members, once it is gone. */
export async function roomOf(id: number, on?: On): Promise<Pick<Room, 'id' | 'name' | 'members'>> {
  const room = await first(
    sql<{ id: number; name: string; members: number }>`SELECT id, name,
        (SELECT count(*) FROM room_members WHERE room_id = ${id}) AS members
      FROM rooms WHERE id = ${id}`,
    on,
  )
  return room ?? { id, name: '', members: 0 }
}

async function addMember(room: number, account: number, on: On) {
  // What was said before is not new.
  await all(
    sql`INSERT INTO room_members (room_id, account_id, read_id)
      SELECT CAST(${room} AS bigint), CAST(${account} AS bigint), coalesce(max(id), 0)
      FROM messages WHERE room_id = ${room}`,
    on,
  )
}

async function refuseTooMany(account: number, on: On) {
  const counted = await first(
    sql<{ rooms: number }>`SELECT count(*) AS rooms FROM room_members WHERE account_id = ${account}`,
    on,
  )
  if ((counted?.rooms ?? 0) < maxRooms) return
  throw new Refusal(`You are in ${maxRooms} rooms: leave one first.`)
}

async function unreadIn(room: number, account: number): Promise<number> {
  return (await first(unreadOf(account, room)))?.unread ?? 0
}

function unreadOf(account: number, room?: number) {
  // One's own messages are not new.
  return sql<{ room: number; unread: number }>`SELECT messages.room_id AS room, count(*) AS unread
    FROM room_members
    JOIN accounts ON accounts.id = account_id
    JOIN messages ON messages.room_id = room_members.room_id
      AND messages.id > read_id AND messages.username <> display_name
    WHERE account_id = ${account} ${room === undefined ? sql`` : sql`AND room_members.room_id = ${room}`}
    GROUP BY messages.room_id`
}
