import type { Row } from '../protocol.ts'

/** What carries a guest's messages just now; undefined while nothing does. */
export type Carrier = 'polling' | 'websocket' | undefined

/** How the life lines stand between two rows. */
export interface Moment {
  readonly carriers: ReadonlyMap<string, Carrier>
  /** the guests whose request has no answer yet */
  readonly held: ReadonlySet<string>
  /** at which of several servers each guest is, once for each of their pages; of nobody while there is only one */
  readonly servers: ReadonlyMap<string, readonly number[]>
}

export const nothing: Moment = { carriers: new Map(), held: new Set(), servers: new Map() }

interface Guest {
  /** connections that are WebSocket, and are used; the server of each, when there are several */
  readonly sockets: Map<number, number | undefined>
  /** requests without an answer, by their exchange, and the connection of each */
  readonly open: Map<number, number>
  /** has a session over long-polling */
  polls: boolean
  /** where that session is */
  pollsAt?: number
}

/** Follows what each guest is connected by, and what they wait for. */
export class Guests {
  readonly #guests = new Map<string, Guest>()
  #now = nothing

  /** How it stands after the rows that were added so far. The same object as long as nothing has changed. */
  get now(): Moment {
    return this.#now
  }

  /** To be called with each row, in their order. */
  add(row: Row): void {
    if (row.guest === undefined) return
    const guest = this.#guests.get(row.guest) ?? { sockets: new Map(), open: new Map(), polls: false }
    this.#guests.set(row.guest, guest)
    if (!changes(guest, row)) return
    const carriers = new Map(this.#now.carriers).set(row.guest, carrierOf(guest))
    const held = new Set(this.#now.held)
    if (guest.open.size > 0) held.add(row.guest)
    else held.delete(row.guest)
    const servers = new Map(this.#now.servers).set(row.guest, serversOf(guest))
    this.#now = { carriers, held, servers }
  }
}

/** @returns whether something may have changed by it */
function changes(guest: Guest, row: Row): boolean {
  const { kind, transport, connection, exchange, direction, server } = row
  switch (kind) {
    case 'http.request':
      if (exchange === undefined) return false
      guest.open.set(exchange, connection)
      return true
    case 'http.response':
    case 'http.upgrade':
      if (exchange === undefined || !guest.open.delete(exchange)) return false
      if (kind === 'http.upgrade' && !guest.polls) guest.sockets.set(connection, server)
      // A server that has gone leaves the connection to nginx open: another one answers that it knows no such session.
      if (transport === 'polling' && /^[45]/.test(row.meaning)) guest.polls = false
      return true
    case 'engine.open':
      if (transport !== 'polling') return false
      guest.polls = true
      guest.pollsAt = server
      return true
    case 'engine.upgrade':
      guest.sockets.set(connection, server)
      guest.polls = false
      return true
    case 'engine.close':
      if (direction === 'up') guest.polls = false
      return true
    case 'wire.closed':
    case 'wire.reset':
      return leaves(guest, connection)
    default:
      return false
  }
}

function leaves(guest: Guest, connection: number): boolean {
  let isNews = guest.sockets.delete(connection)
  for (const [exchange, on] of guest.open) {
    if (on !== connection) continue
    guest.open.delete(exchange)
    guest.polls = false // A poll that was broken off: its session is over, or begins anew.
    isNews = true
  }
  return isNews
}

function carrierOf({ sockets, polls }: Guest): Carrier {
  if (sockets.size > 0) return 'websocket'
  return polls ? 'polling' : undefined
}

function serversOf({ sockets, polls, pollsAt }: Guest): number[] {
  const all = sockets.size > 0 ? [...sockets.values()] : polls ? [pollsAt] : []
  return all.filter((server) => server !== undefined)
}

const maxWaiting = 1_000

/** Knows how long each answer was waited for. */
export class Waits {
  readonly #asked = new Map<number, number>() // when, by exchange

  /** To be called with each row, in their order. @returns ms, for an answer whose request was seen */
  of({ kind, exchange, at }: Row): number | undefined {
    if (exchange === undefined) return undefined
    if (kind === 'http.request') {
      this.#asked.set(exchange, at)
      for (const oldest of this.#asked.keys()) {
        if (this.#asked.size <= maxWaiting) break
        this.#asked.delete(oldest)
      }
      return undefined
    }
    const asked = this.#asked.get(exchange)
    if (kind !== 'http.response' || asked === undefined) return undefined
    this.#asked.delete(exchange)
    return at - asked
  }
}
