import { type Direction, type Kind, type Transport, transports } from './record.ts'

/** What has been counted. All of it goes up only. */
export interface Counts {
  /**
   * TCP connections. Under a transport: those that carried it at least once, so a kept-alive connection that fetched
   * the page and then polled counts under `http` and under `polling`, and once under `all`
   */
  connections: number
  /** HTTP requests, those that ask for an upgrade included */
  requests: number
  /** answers `101 Switching Protocols` */
  upgrades: number
  /** bytes from guests to the server that the wire has handed on, as TCP carries them: no TCP or IP headers */
  bytesUp: number
  /** bytes to guests: from the server, and the wire's own answer when it refuses an upgrade */
  bytesDown: number
  /** of these, the guests' own text, in bytes of UTF-8: payloadOf in socketio.ts says what that is */
  payloadUp: number
  payloadDown: number
  /** how many records of each kind */
  packets: Partial<Record<Kind, number>>
}

/** All that went over the wire, or over one connection, and the same for each transport: the parts add up to `all`. */
export type Totals = Record<Transport | 'all', Counts>

/** How one TCP connection stands. */
export interface ConnectionSummary {
  readonly id: number
  /** ms since 1970 */
  readonly openedAt: number
  /** ms since 1970; undefined while it is open */
  readonly closedAt: number | undefined
  /** what it carries now */
  readonly transport: Transport
  /** the guest's socket, counted at the wire: these equal that socket's own bytesWritten and bytesRead */
  readonly guest: { readonly sent: number; readonly got: number }
  /** the server's socket, counted at the wire: these equal that socket's own bytesWritten and bytesRead */
  readonly server: { readonly sent: number; readonly got: number }
  /** bytes that the wire holds just now, because of a fault or a slow reader: about 1 MB each way at most */
  readonly waiting: { readonly up: number; readonly down: number }
  readonly totals: Totals
}

/** Counts into several totals at once: those of the wire, and those of one connection. */
export interface Meter {
  connection(transport: Transport | undefined): void
  request(transport: Transport): void
  upgrade(transport: Transport): void
  /** @param bytes may be negative, to take back what a guess has put under the wrong transport */
  bytes(direction: Direction, transport: Transport, bytes: number): void
  payload(direction: Direction, transport: Transport, bytes: number): void
  packet(kind: Kind, transport: Transport): void
}

function zero(): Counts {
  return {
    connections: 0,
    requests: 0,
    upgrades: 0,
    bytesUp: 0,
    bytesDown: 0,
    payloadUp: 0,
    payloadDown: 0,
    packets: {},
  }
}

export function zeroTotals(): Totals {
  return { all: zero(), http: zero(), polling: zero(), websocket: zero(), other: zero() }
}

/** A copy that does not go on counting. */
export function copyTotals(totals: Totals): Totals {
  const copy = zeroTotals()
  for (const part of ['all', ...transports] as const) {
    Object.assign(copy[part], totals[part], { packets: { ...totals[part].packets } })
  }
  return copy
}

/**
 * @param books where to count: everything goes into each of them
 */
export function meterInto(...books: Totals[]): Meter {
  function count(field: Exclude<keyof Counts, 'packets'>, transport: Transport, amount: number) {
    for (const book of books) {
      book.all[field] += amount
      book[transport][field] += amount
    }
  }

  return {
    connection(transport) {
      for (const book of books) book[transport ?? 'all'].connections++
    },
    request: (transport) => count('requests', transport, 1),
    upgrade: (transport) => count('upgrades', transport, 1),
    bytes: (direction, transport, bytes) =>
      count(direction === 'up' ? 'bytesUp' : 'bytesDown', transport, bytes),
    payload: (direction, transport, bytes) =>
      count(direction === 'up' ? 'payloadUp' : 'payloadDown', transport, bytes),
    packet(kind, transport) {
      for (const book of books) {
        for (const { packets } of [book.all, book[transport]]) packets[kind] = (packets[kind] ?? 0) + 1
      }
    },
  }
}
