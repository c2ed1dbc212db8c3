// What crosses the wire, both directions: the events of the Socket.IO project's own chat example, to the letter,
// so that any client written for it can join. `history` is ours; whoever does not know it misses nothing else.

export type Answer = { ok: true } | { ok: false; error: string }

/** A guest may ask for the answer to what it sends; our page does, the example's own page does not. */
export type Acknowledge = (answer: Answer) => void

/** Somebody with an account. */
export interface Person {
  id: number
  /** what the others see, which the account calls its display name: what one logs in with stays between it and us */
  username: string
}

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
  'add user': (username: string, acknowledge: Acknowledge) => void
  'new message': (message: string, acknowledge: Acknowledge) => void
  typing: () => void
  'stop typing': () => void
}

/** The server says … */
export interface ServerEvents {
  login: (room: { numUsers: number }) => void
  history: (messages: Kept[]) => void
  'user joined': (guest: { username: string; numUsers: number }) => void
  'new message': (said: { username: string; message: string }) => void
  'user left': (guest: { username: string; numUsers: number }) => void
  typing: (guest: { username: string }) => void
  'stop typing': (guest: { username: string }) => void
  refused: (refusal: { error: string }) => void
}
