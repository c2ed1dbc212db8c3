import { type Direction, type Kind, type Transport, transports, type WireRecord } from './record.ts'

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
  /** bytes from clients to the server that the wire has handed on, as TCP carries them: no TCP or IP headers */
  bytesUp: number
  /** bytes to clients: from the server, and the wire's own answer when it refuses an upgrade */
  bytesDown: number
  /** of these, people's own text, in bytes of UTF-8: payloadOf in payload.ts says what that is */
  payloadUp: number
  payloadDown: number
  /** how many records of each kind */
  packets: Partial<Record<Kind, number>>
}

/** What is counted in figures: all of {@link Counts} but the kinds of records. */
export const figures = [
  'connections',
  'requests',
  'upgrades',
  'bytesUp',
  'bytesDown',
  'payloadUp',
  'payloadDown',
] as const satisfies readonly (keyof Counts)[]

/**
 * All that went over the wire, or over one connection, and the same for each transport: the parts add up to `all`. Only
 * a head that has not come whole is in `all` alone, until it is known what it begins.
 */
export type Totals = Record<Transport | 'all', Counts>

/** How one TCP connection stands. */
export interface ConnectionSummary {
  readonly id: number
  /** the client's address, `127.0.0.1:53422` */
  readonly from: string
  /** ms since 1970 */
  readonly openedAt: number
  /** ms since 1970; undefined while it is open */
  readonly closedAt: number | undefined
  /** what it carries now */
  readonly transport: Transport
  /** the client's socket, counted at the wire: these equal that socket's own bytesWritten and bytesRead */
  readonly client: { readonly sent: number; readonly got: number }
  /** the server's socket, counted at the wire: these equal that socket's own bytesWritten and bytesRead */
  readonly server: { readonly sent: number; readonly got: number }
  /** bytes that the wire holds just now, because of a fault or a slow reader: about 1 MB each way at most */
  readonly waiting: { readonly up: number; readonly down: number }
  readonly totals: Totals
}

/** Counts into several totals at once: those of the wire, and those of one connection. */
export interface Meter {
  connection(part: keyof Totals): void
  request(transport: Transport): void
  upgrade(transport: Transport): void
  /** Into this part alone: the wire knows that bytes have come before it knows what carries them. */
  bytes(direction: Direction, part: keyof Totals, bytes: number): void
  /** A record's kind, and its payload. */
  record(record: Pick<WireRecord, 'direction' | 'transport' | 'kind' | 'payload'>): void
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

export function meterInto(...totals: Totals[]): Meter {
  function add(field: Exclude<keyof Counts, 'packets'>, part: keyof Totals, amount: number) {
    for (const each of totals) each[part][field] += amount
  }

  function addWithAll(field: Exclude<keyof Counts, 'packets'>, transport: Transport, amount: number) {
    add(field, 'all', amount)
    add(field, transport, amount)
  }

  return {
    connection: (part) => add('connections', part, 1),
    request: (transport) => addWithAll('requests', transport, 1),
    upgrade: (transport) => addWithAll('upgrades', transport, 1),
    bytes: (direction, part, bytes) => add(direction === 'up' ? 'bytesUp' : 'bytesDown', part, bytes),
    record({ direction, transport, kind, payload }) {
      addWithAll(direction === 'up' ? 'payloadUp' : 'payloadDown', transport, payload)
      for (const each of totals) {
        for (const { packets } of [each.all, each[transport]]) packets[kind] = (packets[kind] ?? 0) + 1
      }
    },
  }
}

/** Counts the bytes of one connection: all of them at once, and under their transport as soon as that is known. */
export class ByteCount {
  readonly #meter: Meter
  readonly #come = { up: 0, down: 0 }
  readonly #claimed = { up: 0, down: 0 } // of these, bytes whose transport is known
  readonly #carried = new Set<Transport>()
  /** what carried the client's last bytes, as far as it is known */
  lastUp: Transport | undefined

  constructor(meter: Meter) {
    this.#meter = meter
  }

  come(direction: Direction, bytes: number) {
    this.#come[direction] += bytes
    this.#meter.bytes(direction, 'all', bytes)
  }

  /** @param end how far this transport has carried them, in bytes of this direction; default: all that have come */
  claim(direction: Direction, transport: Transport, end = this.#come[direction]) {
    const bytes = end - this.#claimed[direction]
    if (bytes <= 0) return
    this.#claimed[direction] = end
    this.#meter.bytes(direction, transport, bytes)
    if (direction === 'up') this.lastUp = transport
    if (!this.#carried.has(transport)) this.#meter.connection(transport)
    this.#carried.add(transport)
  }
}
