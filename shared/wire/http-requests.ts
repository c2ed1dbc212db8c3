import type { ByteCount } from './byte-count.ts'
import type { DecoderContext } from './decoder-context.ts'
import { describeRequest } from './describe-http.ts'
import { type Exchange, exchangeOf } from './exchange.ts'
import { type BodyCollector, collectBody } from './http-body.ts'
import type { Head } from './http-head.ts'
import { bytesToKeep, emitMessage, type HttpSide } from './http-message.ts'
import { HttpReader } from './http.ts'

const maxWaiting = 1_000 // requests without an answer

/**
 * Reads what a client asks on one connection, and tells each request.
 *
 * @param waiting the requests without a whole answer, oldest first: each new one is added
 */
export function readRequests(context: DecoderContext, count: ByteCount, waiting: Exchange[]): HttpSide {
  let incoming: { head: Head; exchange: Exchange; pieces: BodyCollector } | undefined

  const reader = new HttpReader('REQUEST', {
    head(head) {
      if (head.method === 'CONNECT') throw new Error('it goes on in a protocol that the wire does not know')
      const exchange = exchangeOf(head, context)
      context.meter.request(exchange.transport)
      waiting.push(exchange)
      if (waiting.length > maxWaiting) throw new Error(`${maxWaiting} requests without an answer`)
      incoming = { head, exchange, pieces: collectBody(bytesToKeep(head, exchange)) }
      return exchange.transport === 'websocket' ? 'stop' : undefined
    },
    body: (piece) => incoming?.pieces.add(piece),
    message(start, end) {
      if (!incoming) return
      const { head, exchange, pieces } = incoming
      incoming = undefined
      const body = pieces.take(head)
      const session = exchange.transport === 'polling' ? exchange.session : undefined
      const describe = (packets?: number) => describeRequest(head, body, exchange, packets)
      const what = { direction: 'up', kind: 'http.request', bytes: end - start, describe } as const
      emitMessage(context, { ...what, head, body, exchange, session })
      count.claim('up', exchange.transport, end)
    },
  })

  return {
    reader,
    get transport() {
      return incoming?.exchange.transport
    },
  }
}
