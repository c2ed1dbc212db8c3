import type { Meter } from './meter.ts'
import type { Direction, Transport } from './record.ts'

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
