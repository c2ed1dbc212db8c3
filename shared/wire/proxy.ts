import { connect, type Socket } from 'node:net'
import type { Decoder } from './decode.ts'
import type { FaultsInForce } from './faults.ts'
import type { Direction } from './record.ts'
import { refusal } from './refusal.ts'
import { Throttle } from './throttle.ts'

export interface ProxyOptions {
  /** where the server is */
  host: string
  port: number
  decoder: Decoder
  faults: () => FaultsInForce
  /** the server has taken the connection */
  opened: () => void
  /** nothing answers there */
  unreachable: (error: NodeJS.ErrnoException) => void
  /** one side has broken off, and the other is told so */
  reset: (by: Direction) => void
  /** both connections have ended; `by` is who ended first */
  closed: (by: Direction | 'none') => void
}

const nothing = Buffer.alloc(0)

/**
 * A client's connection and the connection to the server that belongs to it. Every byte goes on before anything looks at
 * it, so reading along can neither change nor hold it up. There is one exception, and it lasts as long as the fault that
 * needs it: to refuse WebSocket, the wire has to read a request before it goes on.
 */
export class ProxyConnection {
  readonly #client: Socket
  readonly #server: Socket
  readonly #options: ProxyOptions
  #throttles: { readonly [direction in Direction]: Throttle } | undefined // once the server has taken the connection
  #resetTimer: ReturnType<typeof setTimeout> | undefined
  readonly #handed = { up: 0, down: 0 } // bytes
  #held = nothing // what ends in the middle of a head, while WebSocket is refused
  #isRefused = false
  #firstToEnd: Direction | 'none' = 'none'
  #socketsOpen = 2

  /** @param client paused, with allowHalfOpen */
  constructor(client: Socket, options: ProxyOptions) {
    const { host, port } = options
    this.#client = client
    this.#server = connect({ host, port, allowHalfOpen: true, noDelay: true })
    this.#options = options
    for (const socket of [client, this.#server]) socket.once('close', () => this.#closed())
    client.on('error', () => this.#lost('up'))
    this.#server.on('error', (error) => this.#serverFailed(error))
    this.#server.once('connect', () => this.#connected())
  }

  get client() {
    return { sent: this.#throttles?.up.taken ?? 0, got: this.#handed.down }
  }

  get server() {
    return { sent: this.#throttles?.down.taken ?? 0, got: this.#handed.up }
  }

  /** bytes that the wire holds just now, because of a fault or a slow reader */
  get waiting() {
    return {
      up: (this.#throttles?.up.waiting ?? 0) + this.#held.length + this.#server.writableLength,
      down: (this.#throttles?.down.waiting ?? 0) + this.#client.writableLength,
    }
  }

  /** To be called when the faults have changed. */
  faultsChanged() {
    if (this.#held.length > 0) this.#handUpHeld()
    this.#throttles?.up.wake()
    this.#throttles?.down.wake()
  }

  /** Breaks both connections off, as when a cable is pulled and the router says so. */
  cut() {
    breakOff(this.#client)
    breakOff(this.#server)
  }

  #connected() {
    if (this.#client.destroyed) return this.#server.resetAndDestroy()
    this.#options.opened()
    this.#throttles = {
      up: new Throttle({
        from: this.#client,
        to: this.#server,
        rate: () => this.#rate('up'),
        handOn: (bytes) => this.#handUp(bytes),
        end: () => this.#ended('up'),
      }),
      down: new Throttle({
        from: this.#server,
        to: this.#client,
        rate: () => this.#rate('down'),
        handOn: (bytes) => this.#handDown(bytes),
        end: () => this.#ended('down'),
      }),
    }
    this.#client.resume()
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
    if (faults().refuseWebSocket && decoder.isUpgrading) return this.#refuse()
    if (faults().refuseWebSocket && decoder.isInHead) return true
    const held = this.#held
    this.#held = nothing
    return this.#write('up', held)
  }

  /** Answers at once: nobody asks for WebSocket while an earlier answer on the same connection is still to come. */
  #refuse(): boolean {
    this.#isRefused = true
    this.#held = nothing
    this.#server.end()
    this.#handed.down += refusal.length
    this.#client.end(refusal)
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

  #ended(direction: Direction) {
    if (this.#firstToEnd === 'none') this.#firstToEnd = direction
    if (direction === 'down') {
      this.#client.end()
    } else {
      if (this.#held.length > 0) this.#write('up', this.#held)
      this.#held = nothing
      this.#server.end()
    }
    this.#options.decoder.end(direction)
  }

  #serverFailed(error: NodeJS.ErrnoException) {
    if (this.#throttles) return this.#lost('down')
    // The client cannot be refused any more: to it, the wire has answered already. Breaking off is as near as it gets.
    if (this.#client.destroyed) return
    this.#options.unreachable(error)
    this.#client.resetAndDestroy()
  }

  /** One side has broken off: so does the wire on the other side, as late as its last bytes get there. */
  #lost(direction: Direction) {
    const other = direction === 'up' ? this.#server : this.#client
    if (this.#firstToEnd === 'none') this.#firstToEnd = direction
    if (other.destroyed) return
    this.#options.reset(direction)
    const { delayMs } = this.#rate(direction)
    if (delayMs === 0) return breakOff(other)
    this.#resetTimer = setTimeout(() => breakOff(other), delayMs)
  }

  #closed() {
    this.#socketsOpen--
    if (this.#socketsOpen > 0) return
    this.#throttles?.up.stop()
    this.#throttles?.down.stop()
    clearTimeout(this.#resetTimer)
    this.#options.decoder.close()
    this.#options.closed(this.#firstToEnd)
  }
}

function breakOff(socket: Socket) {
  // A socket whose end is going out just now cannot be reset: Node would lose it, and never say that it is closed.
  const isEnding = socket.writableEnded && !socket.writableFinished
  if (socket.connecting || isEnding) socket.destroy()
  else if (!socket.destroyed) socket.resetAndDestroy()
}
