import { connect, type Socket } from 'node:net'
import type { Decoder } from './decode.ts'
import type { FaultsInForce } from './faults.ts'
import type { Direction, Kind } from './record.ts'
import { Relay } from './relay.ts'
import type { ServerAddress } from './server-address.ts'

export interface ProxyOptions {
  /** the connection's number */
  id: number
  server: ServerAddress
  decoder: Decoder
  faults: () => FaultsInForce
  /** Something has happened to the connection. */
  happened: (kind: Kind, by: Direction | 'none', meaning: string) => void
  /** Both sides have ended. */
  closed: () => void
}

const sides = { up: 'the guest', down: 'the server' }

/** Puts a client through to the server: from when the server takes the connection until both sides have ended. */
export class ProxyConnection {
  readonly #client: Socket
  readonly #server: Socket
  readonly #options: ProxyOptions
  #relay: Relay | undefined // once the server has taken the connection
  #resetTimer: ReturnType<typeof setTimeout> | undefined
  #firstToEnd: Direction | 'none' = 'none'
  #socketsOpen = 2

  /** @param client paused, with allowHalfOpen */
  constructor(client: Socket, options: ProxyOptions) {
    const { host, port } = options.server
    this.#client = client
    this.#server = connect({ host, port, allowHalfOpen: true, noDelay: true })
    this.#options = options
    for (const socket of [client, this.#server]) socket.once('close', () => this.#closed())
    client.on('error', () => this.#lost('up'))
    this.#server.on('error', (error) => this.#serverFailed(error))
    this.#server.once('connect', () => this.#connected())
  }

  /** What both sockets have sent and got, and what waits between them, in bytes. */
  counts() {
    const none = { sent: 0, got: 0 }
    return this.#relay?.counts() ?? { client: none, server: none, waiting: { up: 0, down: 0 } }
  }

  /** To be called when the faults have changed. */
  faultsChanged() {
    this.#relay?.faultsChanged()
  }

  /** Breaks both connections off, as when a cable is pulled and the router says so. */
  cut() {
    breakOff(this.#client)
    breakOff(this.#server)
  }

  #connected() {
    const { id, decoder, faults, happened } = this.#options
    if (this.#client.destroyed) return this.#server.resetAndDestroy()
    happened('wire.opened', 'up', `connection ${id} · opened`)
    const ended = (direction: Direction) => {
      if (this.#firstToEnd === 'none') this.#firstToEnd = direction
      decoder.end(direction)
    }
    this.#relay = new Relay(this.#client, this.#server, { decoder, faults, ended })
    this.#client.resume()
  }

  #serverFailed({ code }: NodeJS.ErrnoException) {
    const { server, happened } = this.#options
    if (this.#relay) return this.#lost('down')
    // The client cannot be refused any more: to it, the wire has answered already. Breaking off is as near as it gets.
    if (this.#client.destroyed) return
    happened('wire.unreachable', 'down', `nothing answers at ${server.to} (${code}) · is the server running?`)
    this.#client.resetAndDestroy()
  }

  /** One side has broken off: so does the wire on the other side, as late as its last bytes get there. */
  #lost(by: Direction) {
    const { id, faults, happened } = this.#options
    const other = by === 'up' ? this.#server : this.#client
    if (this.#firstToEnd === 'none') this.#firstToEnd = by
    if (other.destroyed) return
    happened('wire.reset', by, `connection ${id} · broken off by ${sides[by]}`)
    const delayMs = faults().delayMs[by]
    if (delayMs === 0) return breakOff(other)
    this.#resetTimer = setTimeout(() => breakOff(other), delayMs)
  }

  #closed() {
    this.#socketsOpen--
    if (this.#socketsOpen > 0) return
    const { id, decoder, happened, closed } = this.#options
    const by = this.#firstToEnd
    const first = by === 'none' ? '' : `, first by ${sides[by]}`
    this.#relay?.stop()
    clearTimeout(this.#resetTimer)
    decoder.close()
    happened('wire.closed', by, `connection ${id} · closed${first}`)
    closed()
  }
}

function breakOff(socket: Socket) {
  // A socket whose end is going out just now cannot be reset: Node would lose it, and never say that it is closed.
  const isEnding = socket.writableEnded && !socket.writableFinished
  if (socket.connecting || isEnding) socket.destroy()
  else if (!socket.destroyed) socket.resetAndDestroy()
}
