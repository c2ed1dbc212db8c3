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

/** A room, as somebody sees it in the list. */
export interface Room {
  id: number
  name: string
  /** how many people are in it, here or not */
  members: number
  isMember: boolean
}

/** A message in a room, as the database keeps it. */
export interface RoomMessage extends Kept {
  room: number
}

/** What a member finds in a room. */
export type RoomAnswer =
  { ok: true; messages: RoomMessage[]; members: Person[] } | { ok: false; error: string }

/** A message as the database keeps it. */
export interface Kept {
  /** rises with each message */
  id: number
  username: string
  message: string
  /** when the server got it, in ms since 1970 */
  at: number
}

/** A guest says … */
export interface ClientEvents {
  'new message': (message: string, acknowledge: Acknowledge) => void
  typing: () => void
  'stop typing': () => void
  'direct message': (direct: { to: number; message: string }, acknowledge: Acknowledge) => void
  'direct history': (
    other: number,
    acknowledge: (answer: { ok: true; messages: Direct[] } | { ok: false; error: string }) => void,
  ) => void
  'direct read': (other: number) => void
  'create room': (
    name: string,
    acknowledge: (answer: { ok: true; id: number } | { ok: false; error: string }) => void,
  ) => void
  'join room': (room: number, acknowledge: Acknowledge) => void
  'leave room': (room: number, acknowledge: Acknowledge) => void
  'room message': (said: { room: number; message: string }, acknowledge: Acknowledge) => void
  'room history': (room: number, acknowledge: (answer: RoomAnswer) => void) => void
  'room typing': (room: number) => void
  'stop room typing': (room: number) => void
}

/** The server says … */
export interface ServerEvents {
  login: (you: { username: string; numUsers: number }) => void
  history: (messages: Kept[]) => void
  users: (users: Person[]) => void
  'user joined': (guest: { username: string; numUsers: number }) => void
  'new message': (said: { username: string; message: string }) => void
  rooms: (rooms: Room[]) => void
  'room members': (room: { room: number; members: Person[] }) => void
  'room message': (said: RoomMessage) => void
  'room typing': (guest: { room: number; username: string }) => void
  'stop room typing': (guest: { room: number; username: string }) => void
  'direct message': (direct: Direct) => void
  conversations: (conversations: Conversation[]) => void
  'post published': (post: { id: number; title: string; author: string }) => void
  'user left': (guest: { username: string; numUsers: number }) => void
  typing: (guest: { username: string }) => void
  'stop typing': (guest: { username: string }) => void
  refused: (refusal: { error: string }) => void
}
