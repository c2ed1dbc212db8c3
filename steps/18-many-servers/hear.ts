import type { DefaultEventsMap, Server, Socket } from 'socket.io'
import type { z } from 'zod'
import type { ClientEvents, No, Person, ServerEvents } from './events.ts'
import { logError } from './log.ts'

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
const turns = new WeakMap<Guest, Promise<void>>()
const underWay = new Set<Promise<void>>()
let isLeaving = false

/**
 * Does something for a connection once all before it is done: what was sent first is done first, though it waits for the
 * database. What cannot be done is written down, and the program goes on.
 */
export function inTurn(socket: Guest, work: () => Promise<void>): void {
  const before = turns.get(socket) ?? Promise.resolve()
  const mine = before.then(work).catch(logError)
  turns.set(socket, mine)
  underWay.add(mine)
  void mine.then(() => underWay.delete(mine))
}

/**
 * Registers what happens at an event. What does not fit is refused, and so is what cannot be kept: the database may be
 * locked or away, or the disk full. The guest is told, and the program goes on.
 *
 * @param wanted what a guest has to send, with a sentence for everything else
 * @param handle throws a {@link Refusal} to say no; what it returns goes into the acknowledgement, beside `ok`
 */
export function hear<Wanted>(
  socket: Guest,
  event: keyof ClientEvents,
  wanted: z.ZodType<Wanted>,
  handle: (wanted: Wanted) => Promise<object | void>,
): void {
  const respond = async (sent: unknown, acknowledge: unknown) => {
    try {
      const { data, error } = wanted.safeParse(sent)
      if (error) throw new Refusal(error.issues[0]?.message)
      const answer = await handle(data)
      if (typeof acknowledge === 'function') acknowledge({ ok: true, ...answer })
    } catch (error) {
      if (error instanceof Refusal) return refuse(socket, { error: error.message }, acknowledge)
      logError(error)
      refuse(socket, { error: 'It could not be kept: try again.', again: true }, acknowledge)
    }
  }
  const listener = (...sent: unknown[]) => {
    if (!isLeaving) inTurn(socket, () => respond(sent[0], sent.at(-1)))
  }
  socket.on(event, listener as ClientEvents[typeof event])
}

/**
 * Says what a connection is told first of all. It waits for the database; what the page sends meanwhile waits behind it, so
 * register what happens at it at once, and not after an await: Socket.IO drops an event that nobody has registered for. When
 * the database does not answer, the connection is closed: the page tries again by itself.
 */
export function greet(socket: Guest, say: () => Promise<void>): void {
  inTurn(socket, async () => {
    try {
      await say()
    } catch (error) {
      logError(error)
      socket.conn.close()
    }
  })
}

/** From now on nothing is begun: who sends something gets no answer, and sends it again elsewhere. Waits for the rest. */
export async function finish(): Promise<void> {
  isLeaving = true
  await Promise.all(underWay)
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
