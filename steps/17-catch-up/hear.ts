import type { DefaultEventsMap, Server, Socket } from 'socket.io'
import type { z } from 'zod'
import type { ClientEvents, No, Person, ServerEvents } from './events.ts'

/** The server, which knows all connections. */
export type Chat = Server<ClientEvents, ServerEvents, DefaultEventsMap, { person: Person }>

/** A connection, as the server sees it, and whose it is. */
export type Guest = Socket<ClientEvents, ServerEvents, DefaultEventsMap, { person: Person }>

/** A reason that the guest is told. What is refused is refused for good. */
export class Refusal extends Error {
  override name = 'Refusal'
}

const maxRefusals = 1_000 // of one connection; then it is closed
const refusals = new WeakMap<Guest, number>()

/**
 * Registers what happens at an event. What does not fit is refused, and so is what cannot be kept: the database may be
 * locked, or the disk full. The guest is told, and the program goes on.
 *
 * @param wanted what a guest has to send, with a sentence for everything else
 * @param handle throws a {@link Refusal} to say no; what it returns goes into the acknowledgement, beside `ok`
 */
export function hear<Wanted>(
  socket: Guest,
  event: keyof ClientEvents,
  wanted: z.ZodType<Wanted>,
  handle: (wanted: Wanted) => object | void,
): void {
  const listener = (...sent: unknown[]) => {
    const acknowledge = sent.at(-1)
    try {
      const { data, error } = wanted.safeParse(sent[0])
      if (error) throw new Refusal(error.issues[0]?.message)
      const answer = handle(data)
      if (typeof acknowledge === 'function') acknowledge({ ok: true, ...answer })
    } catch (error) {
      if (!(error instanceof Refusal)) console.error(error)
      if (error instanceof Refusal) refuse(socket, { error: error.message }, acknowledge)
      else refuse(socket, { error: 'It could not be kept: try again.', again: true }, acknowledge)
    }
  }
  socket.on(event, listener as ClientEvents[typeof event])
}

/** Runs what happens at a connection. When the database does not answer, it is closed: the page tries again by itself. */
export function guard(socket: Guest, greet: () => void): void {
  try {
    greet()
  } catch (error) {
    console.error(error)
    socket.conn.close()
  }
}

/**
 * Says no to this guest alone: in the acknowledgement when they asked for one, else as an event.
 *
 * @param no why; with `again` when the same may be accepted later
 */
export function refuse(socket: Guest, no: Omit<No, 'ok'>, acknowledge: unknown): void {
  const count = (refusals.get(socket) ?? 0) + 1
  refusals.set(socket, count)
  if (count > maxRefusals) socket.conn.close()
  else if (typeof acknowledge === 'function') acknowledge({ ok: false, ...no })
  else socket.emit('refused', { error: no.error })
}
