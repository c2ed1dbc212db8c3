import type { Socket } from 'node:net'
import { type ConnectionContext, openConnection, type WireConnection } from './connection.ts'
import type { ConnectionSummary } from './meter.ts'

const maxClosed = 100

/** The connections of a wire: all that are open, and how the last 100 were when they closed. */
export class Connections {
  readonly #open = new Map<number, WireConnection>()
  readonly #closed: ConnectionSummary[] = []

  /** @param client paused, with allowHalfOpen */
  open(id: number, client: Socket, context: Omit<ConnectionContext, 'closed'>) {
    const closed = () => {
      this.#open.delete(id)
      this.#closed.push(connection.summary())
      if (this.#closed.length > maxClosed) this.#closed.shift()
    }
    const connection = openConnection(id, client, { ...context, closed })
    this.#open.set(id, connection)
  }

  /** first those that have closed */
  summaries(): ConnectionSummary[] {
    return [...this.#closed, ...[...this.#open.values()].map((connection) => connection.summary())]
  }

  faultsChanged() {
    for (const { proxy } of this.#open.values()) proxy.faultsChanged()
  }

  cut() {
    for (const { proxy } of this.#open.values()) proxy.cut()
  }
}
