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
  readonly body: BodyCollector
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
      if (incoming?.isStream) emitStreamed(context, piece, incoming)
      else incoming?.body.add(piece)
    },
    message(start, end) {
      if (!incoming) return
      const { head, exchange, transport, isStream } = incoming
      if (!isStream) emitMessage(context, wholeAnswer(incoming, end - start))
      incoming = undefined
      count.claim('down', transport, end)
      if (isInterim(head)) return
      if (exchange) waiting.shift()
      exchange?.answered()
      if (head.status !== 101) return
      context.meter.upgrade(transport)
      if (!exchange || transport !== 'websocket')
        throw new Error('it goes on in a protocol that the wire does not know')
      upgraded(exchange)
    },
  })

  return {
    reader,
    get transport() {
      return incoming?.transport
    },
  }
}

/** 100 Continue, 103 Early Hints: the answer follows. */
function isInterim({ status }: Head): boolean {
  return status < 200 && status !== 101
}

function beginAnswer(head: Head, exchange: Exchange | undefined): Answer {
  return {
    head,
    exchange,
    transport: exchange?.transport ?? 'http',
    body: collectBody(bytesToKeep(head, exchange)),
    isStream: header(head, 'content-type')?.startsWith('text/event-stream') === true,
  }
}

function wholeAnswer({ head, exchange, transport, body: pieces }: Answer, bytes: number): HttpMessage {
  const body = pieces.take(head)
  return {
    direction: 'down',
    kind: head.status === 101 ? 'http.upgrade' : 'http.response',
    head,
    body,
    bytes,
    exchange,
    session: exchange?.isPoll && head.status === 200 ? exchange.session : undefined,
    describe: (packets) => describeAnswer(head, body, transport, packets),
  }
}

function beginningOfStream(answer: Answer): HttpMessage {
  const meaning = `${describeStatus(answer.head)} · a stream that stays open`
  return { ...wholeAnswer(answer, answer.head.raw.length), describe: () => meaning }
}

function emitStreamed({ emit }: DecoderContext, piece: Buffer, { exchange }: Answer) {
  emit({
    direction: 'down',
    transport: 'http',
    kind: 'http.stream',
    bytes: piece.length,
    meaning: `stream · ${printable(piece.toString().trim())}`,
    body: Buffer.from(piece),
    exchange: exchange?.id,
  })
}
