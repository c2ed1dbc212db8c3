import type { ByteCount } from './byte-count.ts'
import type { DecoderContext } from './decoder-context.ts'
import { describeAnswer, describeStatus } from './describe-http.ts'
import type { Exchange } from './exchange.ts'
import { printable } from './format.ts'
import { type BodyCollector, collectBody } from './http-body.ts'
import { type Head, header } from './http-head.ts'
import { bytesToKeep, emitMessage, type HttpMessage, type HttpSide } from './http-message.ts'
import { HttpReader } from './http.ts'
import type { Transport } from './record.ts'

interface Answer {
  readonly head: Head
  /** undefined when nobody has asked */
  readonly exchange: Exchange | undefined
  readonly transport: Transport
  readonly pieces: BodyCollector
  /** a stream of events, which may stay open for ever: each piece is told as it comes */
  readonly isStream: boolean
}

/**
 * Reads what a server answers on one connection, and tells each answer.
 *
 * @param waiting the requests without a whole answer, oldest first: each answer takes one away
 * @param upgraded called when the server has agreed to WebSocket
 */
export function readAnswers(
  context: DecoderContext,
  count: ByteCount,
  waiting: Exchange[],
  upgraded: (exchange: Exchange) => void,
): HttpSide {
  let incoming: Answer | undefined

  const reader = new HttpReader('RESPONSE', {
    head(head) {
      incoming = beginAnswer(head, waiting[0])
      if (incoming.isStream) emitMessage(context, beginningOfStream(incoming))
      if (head.status === 101) return 'stop'
      return incoming.exchange?.method === 'HEAD' ? 'no body' : undefined
    },
    body(piece) {
      if (incoming?.isStream) emitStreamed(context, piece, incoming.exchange?.id)
      else incoming?.pieces.add(piece)
    },
    message(start, end) {
      if (!incoming) return
      const { head, exchange, transport, isStream } = incoming
      if (!isStream) emitMessage(context, wholeAnswer(incoming, end - start))
      incoming = undefined
      count.claim('down', transport, end)
      if (head.status < 200 && head.status !== 101) return // 100 Continue, 103 Early Hints: the answer follows.
      if (exchange) waiting.shift()
      exchange?.answered()
      if (head.status !== 101) return
      context.meter.upgrade(transport)
      if (exchange?.transport === 'websocket') upgraded(exchange)
      else throw new Error('it goes on in a protocol that the wire does not know')
    },
  })

  return {
    reader,
    get transport() {
      return incoming?.transport
    },
  }
}

function beginAnswer(head: Head, exchange: Exchange | undefined): Answer {
  return {
    head,
    exchange,
    transport: exchange?.transport ?? 'http',
    pieces: collectBody(bytesToKeep(head, exchange)),
    isStream: header(head, 'content-type')?.startsWith('text/event-stream') === true,
  }
}

function wholeAnswer({ head, exchange, transport, pieces }: Answer, bytes: number): HttpMessage {
  const kind = head.status === 101 ? 'http.upgrade' : 'http.response'
  const body = pieces.take(head)
  const session = exchange?.isPoll && head.status === 200 ? exchange.session : undefined
  const describe = (packets?: number) => describeAnswer(head, body, transport, packets)
  return { direction: 'down', kind, head, body, bytes, exchange, session, describe }
}

function beginningOfStream(answer: Answer): HttpMessage {
  const meaning = `${describeStatus(answer.head)} · a stream that stays open`
  return { ...wholeAnswer(answer, answer.head.raw.length), describe: () => meaning }
}

function emitStreamed(context: DecoderContext, piece: Buffer, exchange: number | undefined) {
  const meaning = `stream · ${printable(piece.toString().trim())}`
  const about = { direction: 'down', transport: 'http', kind: 'http.stream', bytes: piece.length } as const
  context.emit({ ...about, meaning, body: Buffer.from(piece), exchange })
}
