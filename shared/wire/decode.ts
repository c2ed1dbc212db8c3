import { ByteCount } from './meter.ts'
import type { DecoderContext, Exchange } from './exchange.ts'
import { formatBytes, formatValue, printable } from './format.ts'
import { readAnswers, readRequests, type RequestSide } from './http-sides.ts'
import type { HttpSide } from './http-message.ts'
import type { Direction, Transport } from './record.ts'
import { FrameReader, noCode, type WebSocketMessage } from './websocket.ts'
import { describePacket, type Meaning, type Session } from './socketio.ts'

/** Reads along with one TCP connection. It never throws: when it cannot read on, it says so once and only counts. */
export class Decoder {
  readonly #context: DecoderContext
  readonly #count: ByteCount
  readonly #waiting: Exchange[] = [] // for their answers
  readonly #http: { readonly up: RequestSide; readonly down: HttpSide }
  #frames: { readonly [direction in Direction]: FrameReader } | undefined // once it has gone on as WebSocket
  #isReading = true

  constructor(context: DecoderContext) {
    this.#context = context
    this.#count = new ByteCount(context.meter)
    const up = readRequests(context, this.#count, this.#waiting)
    const down = readAnswers(context, this.#count, this.#waiting, {
      answers: (exchange) => up.tellUnfinished(exchange),
      upgraded: (exchange) => this.#goOnAsWebSocket(exchange),
    })
    this.#http = { up, down }
  }

  /** what the connection carries now */
  get transport(): Transport {
    return this.#count.lastUp ?? 'other'
  }

  /** The client asks for WebSocket, and has no answer yet. */
  get isUpgrading(): boolean {
    return this.#waiting.at(-1)?.transport === 'websocket'
  }

  /** The head of a request has begun and not ended. */
  get isInHead(): boolean {
    return this.#isReading && this.#http.up.reader.isInHead
  }

  /** The next bytes of a direction. They are read and not changed. */
  read(direction: Direction, bytes: Buffer) {
    this.#count.come(direction, bytes.length)
    this.#guarded(direction, () => this.#decode(direction, bytes))
    const transport = this.#transportOf(direction)
    if (transport) this.#count.claim(direction, transport)
  }

  /** This direction has ended. */
  end(direction: Direction) {
    if (!this.#frames) this.#guarded(direction, () => this.#http[direction].reader.end(false))
  }

  /** Both have: nothing more comes. */
  close() {
    for (const direction of ['up', 'down'] as const) {
      if (!this.#frames) this.#guarded(direction, () => this.#http[direction].reader.end(true))
      this.#count.claim(direction, this.#transportOf(direction) ?? 'other')
    }
    this.#stop()
  }

  #decode(direction: Direction, bytes: Buffer) {
    let rest = bytes
    while (rest.length > 0) {
      if (this.#frames) return this.#frames[direction].read(rest)
      // A client says nothing between its request for WebSocket and the answer (RFC 6455 §4.1).
      if (direction === 'up' && this.isUpgrading) throw new Error('an upgrade that is not waited for')
      rest = rest.subarray(this.#http[direction].reader.read(rest))
    }
  }

  /** What the newest bytes belong to; undefined while they are a part of a head. */
  #transportOf(direction: Direction): Transport | undefined {
    if (this.#frames) return 'websocket'
    return this.#isReading ? this.#http[direction].transport : 'other'
  }

  #goOnAsWebSocket({ session, id: exchange }: Exchange) {
    const reader = (direction: Direction) =>
      new FrameReader(direction === 'up', (message) => {
        const { bytes, head, shortened, data: body } = message
        const about = describeWebSocketMessage(message, session, direction)
        const content = { bytes, head, body, shortened, exchange }
        this.#context.emit({ direction, transport: 'websocket', ...content, ...about })
      })
    this.#frames = { up: reader('up'), down: reader('down') }
  }

  #guarded(direction: Direction, work: () => void) {
    if (!this.#isReading) return
    try {
      work()
    } catch (error) {
      this.#giveUp(direction, error instanceof Error ? error.message : String(error))
    }
  }

  #giveUp(direction: Direction, why: string) {
    const isHttp = this.#count.lastUp !== undefined || this.#waiting.length > 0
    const what = isHttp
      ? `the wire cannot read on (${printable(why)})`
      : 'a protocol that the wire does not know'
    this.#stop()
    this.#context.emit({
      direction,
      transport: this.#frames ? 'websocket' : 'other',
      kind: 'wire.gaveUp',
      bytes: 0,
      meaning: `${what}: every byte is passed on and counted all the same`,
    })
  }

  #stop() {
    this.#isReading = false
    for (const exchange of this.#waiting.splice(0)) exchange.answered()
  }
}

/** @param session when the messages are packets of Engine.IO: the one that they belong to */
function describeWebSocketMessage(
  message: WebSocketMessage,
  session: Session | undefined,
  direction: Direction,
): Meaning {
  const { type, data, fragments, compressed, shortened } = message
  if (type === 'close') return { kind: 'websocket.close', payload: 0, meaning: describeClose(data) }
  if (type === 'ping' || type === 'pong') {
    const more = data.length > 0 ? ` · ${printable(data.toString())}` : ''
    return { kind: `websocket.${type}`, payload: 0, meaning: `WebSocket ${type}${more}` }
  }
  const inFragments = fragments > 1 ? ` · in ${fragments} fragments` : ''
  if (compressed) {
    const meaning = `compressed · ${formatBytes(data.length)} by permessage-deflate${inFragments}`
    return { kind: 'websocket.compressed', payload: 0, meaning }
  }
  if (shortened) {
    const meaning = `${type} · ${formatBytes(message.bytes)}, too long to be read here${inFragments}`
    return { kind: `websocket.${type}`, payload: 0, meaning }
  }
  if (session) {
    const { kind, payload, meaning } = describePacket(
      type === 'text' ? data.toString() : data,
      session,
      direction,
    )
    return { kind, payload, meaning: meaning + inFragments }
  }
  const content = type === 'text' ? formatValue(data.toString()) : formatBytes(data.length)
  return { kind: `websocket.${type}`, payload: data.length, meaning: `${type} · ${content}${inFragments}` }
}

function describeClose(data: Buffer): string {
  const { code, reason } = closeOf(data)
  const what = `WebSocket close · ${code} ${describeCloseCode(code)}`
  return reason ? `${what} · ${printable(reason)}` : what
}

/** What a close frame carries (RFC 6455 §5.5.1): a code, 1005 when there is none, and a reason. */
function closeOf(data: Buffer): { code: number; reason: string } {
  if (data.length < 2) return { code: noCode, reason: '' }
  return { code: data.readUInt16BE(0), reason: data.toString('utf8', 2) }
}

// RFC 6455 §7.4.1 and the IANA registry that it opens.
const closeCodes: Record<number, string> = {
  1000: 'done',
  1001: 'going away',
  1002: 'broke the protocol',
  1003: 'cannot take this kind of data',
  1005: 'no reason given',
  1006: 'broke off',
  1007: 'text that is no text',
  1008: 'against the rules',
  1009: 'too big',
  1010: 'an extension is missing',
  1011: 'the server failed',
  1012: 'restarting',
  1013: 'try again later',
}

/** `1001` → `going away` */
function describeCloseCode(code: number): string {
  return closeCodes[code] ?? (code >= 3000 ? "the program's own code" : 'unknown')
}
