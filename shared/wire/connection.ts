import type { Socket } from 'node:net'
import { Decoder } from './decode.ts'
import type { DecoderContext } from './decoder-context.ts'
import type { FaultsInForce } from './faults.ts'
import {
  type ConnectionSummary,
  copyTotals,
  type Meter,
  meterInto,
  type Totals,
  zeroTotals,
} from './meter.ts'
import { ProxyConnection } from './proxy.ts'
import type { NewRecord } from './record-log.ts'
import type { WireRecord } from './record.ts'
import type { ServerAddress } from './server-address.ts'

export interface ConnectionContext extends Pick<DecoderContext, 'polls' | 'sessionOf' | 'nextExchange'> {
  server: ServerAddress
  /** of the whole wire */
  totals: Totals
  faults: () => FaultsInForce
  /** @param meter what counts it */
  record: (connection: number, record: NewRecord, meter: Meter) => WireRecord
  /** Both sides have ended. */
  closed: () => void
}

/** One client's TCP connection: what passes it through, what reads along, what counts it. */
export interface WireConnection {
  readonly proxy: ProxyConnection
  /** as it is now; the copy stays as it is */
  summary(): ConnectionSummary
}

const sides = { up: 'the guest', down: 'the server', none: 'the wire' }

/**
 * Puts a client through to the server.
 *
 * @param client paused, with allowHalfOpen
 */
export function openConnection(id: number, client: Socket, context: ConnectionContext): WireConnection {
  const { server, faults } = context
  const own = zeroTotals()
  const meter = meterInto(context.totals, own)
  meter.connection('all')
  const emit = (record: NewRecord) => context.record(id, record, meter)
  const decoder = new Decoder({ ...context, meter, emit })
  const openedAt = Date.now()
  let closedAt: number | undefined

  function remark(kind: NewRecord['kind'], meaning: string, direction: NewRecord['direction']) {
    emit({ kind, meaning, direction, bytes: 0, transport: decoder.transport })
  }

  const proxy = new ProxyConnection(client, {
    host: server.host,
    port: server.port,
    decoder,
    faults,
    opened: () => remark('wire.opened', `connection ${id} · opened`, 'up'),
    unreachable({ code }) {
      const meaning = `nothing answers at ${server.to} (${code}) · is the server running?`
      remark('wire.unreachable', meaning, 'down')
    },
    reset: (by) => remark('wire.reset', `connection ${id} · broken off by ${sides[by]}`, by),
    closed(by) {
      closedAt = Date.now()
      const first = by === 'none' ? '' : `, first by ${sides[by]}`
      remark('wire.closed', `connection ${id} · closed${first}`, by)
      context.closed()
    },
  })

  return {
    proxy,
    summary: () => ({
      id,
      openedAt,
      closedAt,
      transport: decoder.transport,
      client: proxy.client,
      server: proxy.server,
      waiting: proxy.waiting,
      totals: copyTotals(own),
    }),
  }
}
