import type { ByteCount } from './meter.ts'
import { type DecoderContext, type Exchange, exchangeOf } from './exchange.ts'
import {
  type Body,
  type BodyCollector,
  bytesToKeep,
  collectBody,
  emitMessage,
  type HttpMessage,
  type HttpSide,
} from './http-message.ts'
import { type Head, header, HttpReader } from './http.ts'
import { formatBytes, formatCount, printable } from './format.ts'
import { collectEvents, type EventCollector } from './streamed-events.ts'
import type { Transport } from './record.ts'

const maxWaiting = 1_000 // requests without an answer
const emptyBody: Body = { bytes: Buffer.alloc(0), length: 0, shortened: false, unpacked: false }

/** What a client asks. */
export interface RequestSide extends HttpSide {
  /** Tells a request that is answered although its body has not ended, so that it stands before its answer. */
  tellUnfinished(exchange: Exchange): void
}

interface Request {
  readonly head: Head
  readonly exchange: Exchange
  pieces: BodyCollector
  /** bytes of it that stand in a record already, as its answer has come before its end */
  told: number
}

/**
 * Reads what a client asks on one connection, and tells each request.
 *
 * @param waiting the requests without a whole answer, oldest first: each new one is added
 */
export function readRequests(context: DecoderContext, count: ByteCount, waiting: Exchange[]): RequestSide {
  let incoming: Request | undefined

  function tell({ head, exchange, pieces }: Request, bytes: number, cut: string | undefined) {
    const body = pieces.take(head, cut !== undefined)
    const session = exchange.transport === 'polling' ? exchange.session : undefined
    const describe = (packets?: number) =>
      cut === undefined
        ? describeRequest(head, body, exchange, packets)
        : `${describeRequest(head, emptyBody, exchange)} · ${cut}: ${describeProgress(head, body)}`
    const what = { direction: 'up', kind: 'http.request', bytes, describe } as const
    emitMessage(context, { ...what, head, body, exchange, session })
  }

  function tellRest({ head, exchange, pieces, told }: Request, bytes: number, isCut: boolean) {
    const { bytes: body, length } = pieces.take(head, true)
    const { id, transport } = exchange
    const begin = describeRequest(head, emptyBody, exchange)
    const meaning = `${begin} · the rest of it${isCut ? ', broken off' : ''} · ${formatBytes(length)}`
    const about = { direction: 'up', transport, kind: 'http.stream', exchange: id } as const
    if (bytes > told) context.emit({ ...about, bytes: bytes - told, body, shortened: isCut, meaning })
  }

  const reader = new HttpReader('REQUEST', {
    head(head) {
      if (head.method === 'CONNECT') throw new Error('it goes on in a protocol that the wire does not know')
      const exchange = exchangeOf(head, context)
      context.meter.request(exchange.transport)
      waiting.push(exchange)
      if (waiting.length > maxWaiting) throw new Error(`${maxWaiting} requests without an answer`)
      incoming = { head, exchange, pieces: collectBody(bytesToKeep(head, exchange)), told: 0 }
      return exchange.transport === 'websocket' ? 'stop' : undefined
    },
    body: (piece) => incoming?.pieces.add(piece),
    message(start, end, isCut) {
      if (!incoming) return
      const request = incoming
      incoming = undefined
      if (request.told > 0) tellRest(request, end - start, isCut)
      else tell(request, end - start, isCut ? 'broken off' : undefined)
      count.claim('up', request.exchange.transport, end)
    },
  })

  return {
    reader,
    get transport() {
      return incoming?.exchange.transport
    },
    tellUnfinished(exchange) {
      if (incoming?.exchange !== exchange || incoming.told > 0) return
      incoming.told = reader.bytesOfMessage
      tell(incoming, incoming.told, 'answered before its end')
      incoming.pieces = collectBody(bytesToKeep(incoming.head, exchange))
    },
  }
}

interface AnswerHandlers {
  /** An answer begins. */
  answers(exchange: Exchange): void
  /** The server has agreed to WebSocket. */
  upgraded(exchange: Exchange): void
}

interface Answer {
  readonly head: Head
  /** undefined when nobody has asked */
  readonly exchange: Exchange | undefined
  readonly transport: Transport
  readonly pieces: BodyCollector
  /** of a stream, which may stay open for ever: each of its events is told as it comes */
  readonly events: EventCollector | undefined
}

/**
 * Reads what a server answers on one connection, and tells each answer.
 *
 * @param waiting the requests without a whole answer, oldest first: each answer takes one away
 */
export function readAnswers(
  context: DecoderContext,
  count: ByteCount,
  waiting: Exchange[],
  { answers, upgraded }: AnswerHandlers,
): HttpSide {
  let incoming: Answer | undefined

  const reader = new HttpReader('RESPONSE', {
    head(head) {
      incoming = beginAnswer(context, head, waiting[0])
      if (incoming.exchange && !isInterim(head)) answers(incoming.exchange)
      if (incoming.events) emitMessage(context, beginningOfStream(incoming))
      if (head.status === 101) return 'stop'
      return hasBody(head, incoming.exchange) ? undefined : 'no body'
    },
    body(piece) {
      const { events, pieces } = incoming ?? {}
      ;(events ?? pieces)?.add(piece)
    },
    message(start, end, isCut) {
      if (!incoming) return
      const { head, exchange, transport, events } = incoming
      if (events) events.end()
      else emitMessage(context, answerToTell(incoming, end - start, isCut))
      incoming = undefined
      count.claim('down', transport, end)
      if (isInterim(head)) return
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

function beginAnswer(context: DecoderContext, head: Head, exchange: Exchange | undefined): Answer {
  const isStream = hasBody(head, exchange) && header(head, 'content-type')?.startsWith('text/event-stream')
  return {
    head,
    exchange,
    transport: exchange?.transport ?? 'http',
    pieces: collectBody(bytesToKeep(head, exchange)),
    events: isStream ? eventsOf(context, head, exchange?.id) : undefined,
  }
}

/** 100 Continue, 103 Early Hints: the answer follows. */
function isInterim({ status }: Head): boolean {
  return status < 200 && status !== 101
}

/** These have none, also when their head says how long it would be (RFC 9112 §6.3). */
function hasBody({ status }: Head, exchange: Exchange | undefined): boolean {
  return status >= 200 && status !== 204 && status !== 304 && exchange?.method !== 'HEAD'
}

function answerToTell(
  { head, exchange, transport, pieces }: Answer,
  bytes: number,
  isCut: boolean,
): HttpMessage {
  const kind = head.status === 101 ? 'http.upgrade' : 'http.response'
  const body = pieces.take(head, isCut)
  const session = exchange?.isPoll && head.status === 200 ? exchange.session : undefined
  const describe = (packets?: number) =>
    isCut
      ? `${describeStatus(head)} · broken off: ${describeProgress(head, body)}`
      : describeAnswer(head, body, transport, packets)
  return { direction: 'down', kind, head, body, bytes, exchange, session, describe }
}

function beginningOfStream(answer: Answer): HttpMessage {
  const meaning = `${describeStatus(answer.head)} · a stream that stays open`
  return { ...answerToTell(answer, answer.head.raw.length, false), describe: () => meaning }
}

/** Events of a stream that is compressed cannot be told apart: there each piece is told. */
function eventsOf(context: DecoderContext, head: Head, exchange: number | undefined): EventCollector {
  const tell = ({ bytes: body, length: bytes, shortened }: Omit<Body, 'unpacked'>, what: string) => {
    const about = { direction: 'down', transport: 'http', kind: 'http.stream' } as const
    context.emit({ ...about, bytes, body, shortened, exchange, meaning: `stream · ${what}` })
  }
  const coding = header(head, 'content-encoding')
  if (!coding) return collectEvents((event) => tell(event, printable(event.bytes.toString().trim())))
  return {
    add(piece) {
      const { length } = piece
      const bytes = Buffer.from(piece) // a copy: a slice would keep all that came with it in memory
      tell({ bytes, length, shortened: false }, `${formatBytes(length)}, compressed by ${printable(coding)}`)
    },
    end() {},
  }
}

/**
 * `POST /messages · 18 bytes · {"text":"hi"}`, `GET /socket.io/ · polling · is there news?`
 *
 * @param packets how many packets are in its body, when they can be read
 */
function describeRequest(head: Head, body: Body, { transport, isPoll }: Exchange, packets?: number): string {
  const { method, url } = head
  const begin = `${method} ${printable(transport === 'http' ? url : (url.split('?')[0] ?? url))}`
  if (transport === 'websocket') return `${begin} · asks to go on as WebSocket`
  if (isPoll) return `${begin} · polling · ${/[?&]sid=/.test(url) ? 'is there news?' : 'opens a session'}`
  if (transport === 'polling') {
    return packets === undefined
      ? `${begin} · polling`
      : `${begin} · polling · ${formatCount(packets, 'packet')}`
  }
  return [begin, ...describeBody(head, body)].join(' · ')
}

/**
 * `200 OK · 2 bytes · []`
 *
 * @param packets how many packets are in its body, when it is a list of them
 */
function describeAnswer(head: Head, body: Body, transport: Transport, packets?: number): string {
  const status = describeStatus(head)
  const size = formatBytes(body.length)
  if (head.status === 101) return `${status} · from here on it is WebSocket`
  if (packets !== undefined) return `${status} · ${size} · ${formatCount(packets, 'packet')}`
  // Engine.IO answers a POST with "ok", and a fault with JSON; it calls the former text/html.
  if (transport === 'polling') return `${status} · ${size} · ${printable(body.bytes.toString())}`
  return [status, ...describeBody(head, body)].join(' · ')
}

/** How much of a body has come: `1,000 of 5,000 bytes`, or `1,000 bytes` where nobody has said how many it will be. */
function describeProgress(head: Head, { length }: Body): string {
  const announced = Number(header(head, 'content-length'))
  const isKnown = !header(head, 'transfer-encoding') && announced > 0
  return isKnown ? `${length.toLocaleString('en-US')} of ${formatBytes(announced)}` : formatBytes(length)
}

/** `200 OK` */
function describeStatus({ status, reason }: Head): string {
  return reason ? `${status} ${printable(reason)}` : String(status)
}

/** Its size, and a short body word for word, of a longer one what it is. */
function describeBody(head: Head, { bytes, shortened, length, unpacked }: Body): string[] {
  if (length === 0) return []
  const size = formatBytes(length)
  const type = header(head, 'content-type')?.split(';')[0]
  const coding = header(head, 'content-encoding')
  const isText = /json|text\/plain|x-www-form-urlencoded/.test(type ?? '')
  if (isText && (shortened || unpacked || !coding)) return [size, printable(bytes.toString())]
  return [size, type && printable(type), coding && `compressed by ${printable(coding)}`].filter(
    (part) => part !== undefined,
  )
}
