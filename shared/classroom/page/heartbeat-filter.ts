import type { Row } from '../protocol.ts'

/** What a row has changed about the exchange that it belongs to. */
export type Change = 'became a heartbeat' | 'is more than a heartbeat' | undefined

/** Knows which rows are of a heartbeat: the packet itself, and a poll that carried nothing else. */
export class HeartbeatFilter {
  /** whether an exchange has carried nothing but heartbeats, by its number */
  readonly #exchanges = new Map<number, boolean>()
  readonly #maxExchanges: number

  constructor(maxExchanges: number) {
    this.#maxExchanges = maxExchanges
  }

  /** What a poll has carried is known only when its packets come, after its own rows. */
  add({ exchange, within, heartbeat }: Row): Change {
    if (exchange === undefined || within === undefined) return undefined
    const before = this.#exchanges.get(exchange)
    this.#exchanges.set(exchange, heartbeat && before !== false)
    if (this.#exchanges.size > this.#maxExchanges) this.#forgetOldest()
    if (before === undefined && heartbeat) return 'became a heartbeat'
    return before === true && !heartbeat ? 'is more than a heartbeat' : undefined
  }

  has({ exchange, heartbeat }: Row): boolean {
    return heartbeat || (exchange !== undefined && this.#exchanges.get(exchange) === true)
  }

  #forgetOldest(): void {
    for (const oldest of this.#exchanges.keys()) {
      this.#exchanges.delete(oldest)
      return
    }
  }
}
