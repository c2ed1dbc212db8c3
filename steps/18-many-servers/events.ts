// What crosses the wire once somebody is in, both directions. Who they are never crosses it: that is in the session.

export type Answer = { ok: true } | No

/** A refusal, and why. */
export interface No {
  ok: false
  error: string
  /** the same may be accepted later: the server has too much to do, or cannot write just now */
  again?: true
}

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
  /** what the page of the sender calls it; only their own tabs are told, and only when it comes */
  key?: string
}

/** What the two of a conversation find in it. */
export type DirectAnswer = { ok: true; messages: Direct[] } | No

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
export type InsideAnswer = { ok: true; messages: Kept[]; members: Person[] } | No

/** The highest numbers that a page has, with nothing missing below them. */
export interface Seen {
  messages: number
  directs: number
}

/** What a page has missed, the oldest first; with `more`, not all of it. */
export type SyncAnswer = { ok: true; messages: Kept[]; directs: Direct[]; more: boolean } | No

/** Where older lines are asked for, and below which number. */
export type Place = { room: number } | { to: number }

/** What was said in one place, the oldest first; none when there is nothing older. */
export type OlderAnswer = { ok: true; messages: Kept[]; directs: Direct[] } | No

/** What the answer to a message says of it. */
export type SaidAnswer = { ok: true; id: number; at: number } | No

/** The number of a new room. */
export type RoomAnswer = { ok: true; id: number } | No

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

/** What somebody says, as their page sends it. */
export interface Said {
  /** a UUID that the page has made: the same key is the same message, however often it is sent */
  key?: string
  room: number
  message: string
}

/** What somebody says to one other, as their page sends it. */
export interface SaidDirect {
  key?: string
  to: number
  message: string
}

/** A message of one's own that the server has not acknowledged yet. */
export type Waiting = (Said | SaidDirect) & {
  key: string
  /** when it was written; a later one has a higher number */
  at: number
  /** why it was refused; missing while it is sent again */
  error?: string
}

/** A guest says … */
export interface ClientEvents {
  'new message': (said: Said, acknowledge: (answer: SaidAnswer) => void) => void
  'create room': (name: string, acknowledge: (answer: RoomAnswer) => void) => void
  'join room': (room: number, acknowledge: Acknowledge) => void
  'leave room': (room: number, acknowledge: Acknowledge) => void
  'room history': (room: number, acknowledge: (answer: InsideAnswer) => void) => void
  'room read': (room: number, acknowledge: Acknowledge) => void
  sync: (seen: Seen, acknowledge: (answer: SyncAnswer) => void) => void
  older: (wanted: Place & { before: number }, acknowledge: (answer: OlderAnswer) => void) => void
  typing: (room: number) => void
  'stop typing': () => void
  'direct message': (direct: SaidDirect, acknowledge: Acknowledge) => void
  'direct history': (other: number, acknowledge: (answer: DirectAnswer) => void) => void
  'direct read': (other: number, acknowledge: Acknowledge) => void
}

/** The server says … */
export interface ServerEvents {
  login: (you: Person & { numUsers: number; newest: Seen }) => void
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
