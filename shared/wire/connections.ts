import type { Socket } from 'node:net'
import {
  type ConnectionSummary,
  copyTotals,
  type Meter,
  meterInto,
  type Totals,
  zeroTotals,
} from './meter.ts'
import { Decoder } from './decode.ts'
import type { DecoderContext } from './exchange.ts'
import type { FaultsInForce } from './faults.ts'
import { ProxyConnection } from './proxy.ts'
import type { NewRecord } from './record-log.ts'
import type { Transport, WireRecord } from './record.ts'
import type { ServerAddress } from './server-address.ts'

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

  /** @param only those that carry this; left out, all */
  cut(only?: Transport) {
    for (const { proxy, transport } of this.#open.values()) if (!only || transport() === only) proxy.cut()
  }
}

interface ConnectionContext extends Pick<DecoderContext, 'polls' | 'sessionOf' | 'nextExchange'> {
  server: ServerAddress
  /** of the whole wire */
  totals: Totals
  faults: () => FaultsInForce
  /** @param meter what counts it */
  record: (connection: number, record: NewRecord, meter: Meter) => WireRecord
  /** Both sides have ended. */
  closed: () => void
}

type WireConnection = ReturnType<typeof openConnection>

/** One client's TCP connection: what passes it through, what reads along, what counts it. */
function openConnection(id: number, client: Socket, context: ConnectionContext) {
  const own = zeroTotals()
  const meter = meterInto(context.totals, own)
  const emit = (record: NewRecord) => context.record(id, record, meter)
  const decoder = new Decoder({ ...context, meter, emit })
  const openedAt = Date.now()
  const from = addressOf(client)
  let closedAt: number | undefined
  meter.connection('all')

  const proxy = new ProxyConnection(client, {
    id,
    server: context.server,
    decoder,
    faults: context.faults,
    happened: (kind, direction, meaning) =>
      emit({ kind, direction, meaning, bytes: 0, transport: decoder.transport }),
    closed() {
      closedAt = Date.now()
      context.closed()
    },
  })
  const summary = (): ConnectionSummary => {
    const { transport } = decoder
    return { id, from, openedAt, closedAt, transport, ...proxy.counts(), totals: copyTotals(own) }
  }
  return { proxy, summary, transport: () => decoder.transport }
}

function addressOf({ remoteAddress = 'unknown', remotePort, remoteFamily }: Socket): string {
  return remoteFamily === 'IPv6' ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`
}
