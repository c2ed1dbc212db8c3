// What crosses the wire, both directions: the events of the Socket.IO project's own chat example, to the letter,
// so that any client written for it can join.

export type Answer = { ok: true } | { ok: false; error: string }

/** A guest may ask for the answer to what it sends; our page does, the example's own page does not. */
export type Acknowledge = (answer: Answer) => void

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
  'user joined': (guest: { username: string; numUsers: number }) => void
  'new message': (said: { username: string; message: string }) => void
  'user left': (guest: { username: string; numUsers: number }) => void
  typing: (guest: { username: string }) => void
  'stop typing': (guest: { username: string }) => void
  refused: (refusal: { error: string }) => void
}
