import { ByteCount } from './byte-count.ts'
import type { DecoderContext } from './decoder-context.ts'
import { describeWebSocketMessage } from './describe-websocket.ts'
import type { Exchange } from './exchange.ts'
import { printable } from './format.ts'
import { readAnswers } from './http-answers.ts'
import type { HttpSide } from './http-message.ts'
import { readRequests } from './http-requests.ts'
import type { Direction, Transport } from './record.ts'
import { FrameReader } from './websocket.ts'

/** Reads along with one TCP connection. It never throws: when it cannot read on, it says so once and only counts. */
export class Decoder {
  readonly #context: DecoderContext
  readonly #count: ByteCount
  readonly #waiting: Exchange[] = [] // for their answers
  readonly #http: { readonly [direction in Direction]: HttpSide }
  #frames: { readonly [direction in Direction]: FrameReader } | undefined // once it has gone on as WebSocket
  #isReading = true

  constructor(context: DecoderContext) {
    this.#context = context
    this.#count = new ByteCount(context.meter)
    this.#http = {
      up: readRequests(context, this.#count, this.#waiting),
      down: readAnswers(context, this.#count, this.#waiting, (exchange) => this.#goOnAsWebSocket(exchange)),
    }
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
    if (!this.#frames) this.#guarded(direction, () => this.#http[direction].reader.end())
  }

  /** Both have: nothing more comes. */
  close() {
    for (const direction of ['up', 'down'] as const) {
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
