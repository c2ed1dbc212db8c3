// What crosses the wire once somebody is in, both directions. Who they are never crosses it: that is in the session.

export type Answer = { ok: true } | { ok: false; error: string }

/** A guest may ask for the answer to what it sends. */
export type Acknowledge = (answer: Answer) => void

/** Somebody with an account. */
export interface Person {
  id: number
  /** what the others see, which the account calls its display name: what one logs in with stays between it and us */
  username: string
}

/** Somebody with whom one has talked in private. */
export interface Conversation extends Person {
  /** how many of their messages one has not seen */
  unread: number
}

/** A message between two, as the database keeps it. */
export interface Direct {
  /** rises with each of them */
  id: number
  /** an account's id, as `to` is */
  from: number
  to: number
  message: string
  /** when the server got it, in ms since 1970 */
  at: number
}

/** What the two of a conversation find in it. */
export type DirectAnswer = { ok: true; messages: Direct[] } | { ok: false; error: string }

/** A post that stands on the board now. */
export interface Published {
  id: number
  title: string
  author: string
}

/** A room, as somebody sees it in the list. */
export interface Room {
  id: number
  name: string
  /** how many people are in it, here or not; 0 when it is gone */
  members: number
  isMember: boolean
  /** how many messages a member has not seen; missing where that has not changed */
  unread?: number
}

/** What a member finds in a room. */
export type InsideAnswer = { ok: true; messages: Kept[]; members: Person[] } | { ok: false; error: string }

/** What the answer to a message says of it. */
export type SaidAnswer = { ok: true; id: number; at: number } | { ok: false; error: string }

/** The number of a new room. */
export type RoomAnswer = { ok: true; id: number } | { ok: false; error: string }

/** A message as the database keeps it. */
export interface Kept {
  /** rises with each message */
  id: number
  /** the number of the room that it was said in */
  room: number
  username: string
  message: string
  /** when the server got it, in ms since 1970 */
  at: number
}

/** A guest says … */
export interface ClientEvents {
  'new message': (said: { room: number; message: string }, acknowledge: (answer: SaidAnswer) => void) => void
  'create room': (name: string, acknowledge: (answer: RoomAnswer) => void) => void
  'join room': (room: number, acknowledge: Acknowledge) => void
  'leave room': (room: number, acknowledge: Acknowledge) => void
  'room history': (room: number, acknowledge: (answer: InsideAnswer) => void) => void
  'room read': (room: number, acknowledge: Acknowledge) => void
  typing: (room: number) => void
  'stop typing': () => void
  'direct message': (direct: { to: number; message: string }, acknowledge: Acknowledge) => void
  'direct history': (other: number, acknowledge: (answer: DirectAnswer) => void) => void
  'direct read': (other: number, acknowledge: Acknowledge) => void
}

/** The server says … */
export interface ServerEvents {
  login: (you: Person & { numUsers: number }) => void
  users: (users: Person[]) => void
  'user joined': (guest: { username: string; numUsers: number }) => void
  'new message': (said: Kept) => void
  rooms: (changed: Room[]) => void
  'room members': (room: { room: number; members: Person[] }) => void
  'direct message': (direct: Direct) => void
  conversations: (conversations: Conversation[]) => void
  'post published': (post: Published) => void
  'user left': (guest: { username: string; numUsers: number }) => void
  typing: (guest: { room: number; username: string }) => void
  'stop typing': (guest: { room: number; username: string }) => void
  refused: (refusal: { error: string }) => void
}
