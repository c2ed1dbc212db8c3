import type { Socket } from 'node:net'
import type { Decoder } from './decode.ts'
import type { FaultsInForce } from './faults.ts'
import type { Direction } from './record.ts'
import { Throttle } from './throttle.ts'

interface RelayOptions {
  decoder: Decoder
  faults: () => FaultsInForce
  /** One side has ended: it says nothing more, and may still listen. */
  ended: (direction: Direction) => void
}

const nothing = Buffer.alloc(0)

/**
 * Hands on what both sides say. Every byte goes on before anything looks at it, so reading along can neither change nor
 * hold it up. There is one exception, and it lasts as long as the fault that needs it: to refuse WebSocket, the wire has
 * to read a request before it goes on.
 */
export class Relay {
  readonly #client: Socket
  readonly #server: Socket
  readonly #options: RelayOptions
  readonly #up: Throttle
  readonly #down: Throttle
  readonly #handed = { up: 0, down: 0 } // bytes
  #held = nothing // what ends in the middle of a head, while WebSocket is refused
  #isRefused = false

  constructor(client: Socket, server: Socket, options: RelayOptions) {
    this.#client = client
    this.#server = server
    this.#options = options
    this.#up = new Throttle(client, server, {
      rate: () => this.#rate('up'),
      handOn: (bytes) => this.#handUp(bytes),
      end: () => this.#endUp(),
    })
    this.#down = new Throttle(server, client, {
      rate: () => this.#rate('down'),
      handOn: (bytes) => this.#handDown(bytes),
      end: () => this.#endDown(),
    })
  }

  /** What both sockets have sent and got, and what waits between them, in bytes. */
  counts() {
    const up = this.#up.waiting + this.#held.length + this.#server.writableLength
    const down = this.#down.waiting + this.#client.writableLength
    return {
      client: { sent: this.#up.taken, got: this.#handed.down },
      server: { sent: this.#down.taken, got: this.#handed.up },
      waiting: { up, down },
    }
  }

  /** To be called when the faults have changed. */
  faultsChanged() {
    if (this.#held.length > 0) this.#handUpHeld()
    this.#up.wake()
    this.#down.wake()
  }

  stop() {
    this.#up.stop()
    this.#down.stop()
  }

  #rate(direction: Direction) {
    const { delayMs, bytesPerSecond } = this.#options.faults()
    return { delayMs: delayMs[direction], bytesPerSecond: bytesPerSecond[direction] }
  }

  #handUp(bytes: Buffer): boolean {
    const { decoder, faults } = this.#options
    if (this.#isRefused) return true // it goes nowhere
    if (this.#held.length === 0 && !faults().refuseWebSocket) {
      const goOn = this.#write('up', bytes)
      decoder.read('up', bytes)
      return goOn
    }
    decoder.read('up', bytes)
    this.#held = Buffer.concat([this.#held, bytes])
    return this.#handUpHeld()
  }

  #handUpHeld(): boolean {
    const { decoder, faults } = this.#options
    const { refuseWebSocket } = faults()
    if (refuseWebSocket && decoder.isUpgrading) return this.#refuse()
    if (refuseWebSocket && decoder.isInHead) return true
    const held = this.#held
    this.#held = nothing
    return this.#write('up', held)
  }

  /** Answers at once: nobody asks for WebSocket while an earlier answer on the same connection is still to come. */
  #refuse(): boolean {
    this.#isRefused = true
    this.#held = nothing
    this.#server.end()
    this.#write('down', refusal)
    this.#client.end()
    this.#options.decoder.read('down', refusal)
    return true
  }

  #handDown(bytes: Buffer): boolean {
    if (this.#isRefused) return true
    const goOn = this.#write('down', bytes)
    this.#options.decoder.read('down', bytes)
    return goOn
  }

  #write(direction: Direction, bytes: Buffer): boolean {
    this.#handed[direction] += bytes.length
    return (direction === 'up' ? this.#server : this.#client).write(bytes)
  }

  #endUp() {
    if (this.#held.length > 0) this.#write('up', this.#held)
    this.#held = nothing
    this.#server.end()
    this.#options.ended('up')
  }

  #endDown() {
    this.#client.end()
    this.#options.ended('down')
  }
}

const text = 'The wire refuses WebSocket, as somebody has asked it to. Long-polling goes on.\n'

/** What a proxy answers that does not know WebSocket. Socket.IO then stays on long-polling. */
const refusal = Buffer.from(
  [
    'HTTP/1.1 400 Bad Request',
    'Connection: close',
    'Content-Type: text/plain',
    `Content-Length: ${text.length}`,
    '',
    text,
  ].join('\r\n'),
)
