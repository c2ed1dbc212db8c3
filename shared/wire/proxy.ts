import { connect, type Socket } from 'node:net'
import type { Decoder } from './decode.ts'
import type { FaultsInForce } from './faults.ts'
import { type Flow, flow } from './throttle.ts'
import type { Direction } from './record.ts'

/** A guest's connection and the connection to the server that belongs to it. */
export interface Link {
  readonly guest: { readonly sent: number; readonly got: number }
  readonly server: { readonly sent: number; readonly got: number }
  /** bytes that the wire holds just now, because of a fault or a slow reader */
  readonly waiting: { readonly up: number; readonly down: number }
  /** The faults have changed. */
  faultsChanged(): void
  /** Breaks both connections off, as when a cable is pulled and the router says so. */
  cut(): void
}

export interface LinkContext {
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

const refusal = 'The wire refuses WebSocket, as somebody has asked it to. Long-polling goes on.\n'

// What a proxy answers that does not know WebSocket. Socket.IO then stays on long-polling.
const refusalAnswer = Buffer.from(
  [
    'HTTP/1.1 400 Bad Request',
    'Connection: close',
    'Content-Type: text/plain',
    `Content-Length: ${refusal.length}`,
    '',
    refusal,
  ].join('\r\n'),
)

/**
 * Puts a guest through to the server. Every byte goes on before anything looks at it, so reading along can neither
 * change nor hold it up. There is one exception, and it lasts as long as the fault that needs it: who refuses WebSocket
 * has to read a request before it goes on.
 *
 * @param guest paused, with allowHalfOpen
 */
export function link(guest: Socket, context: LinkContext): Link {
  const { decoder, faults } = context
  const server = connect({ host: context.host, port: context.port, allowHalfOpen: true, noDelay: true })
  const flows: Flow[] = []
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let handedUp = 0 // bytes
  let handedDown = 0
  let held: Buffer = Buffer.alloc(0) // a request's head that has not come whole, while WebSocket is refused
  let refused = false
  let firstToEnd: Direction | 'none' = 'none'
  let open = 2

  guest.once('close', closed)
  server.once('close', closed)
  guest.on('error', () => lost('up'))
  server.on('error', (error) => {
    if (flows.length > 0) return lost('down')
    // The guest cannot be refused any more: to it, the wire has answered already. Breaking off is as near as it gets.
    if (guest.destroyed) return
    context.unreachable(error)
    guest.resetAndDestroy()
  })

  server.once('connect', () => {
    if (guest.destroyed) return server.resetAndDestroy()
    context.opened()
    flows.push(
      flow(
        guest,
        server,
        () => pace('up'),
        handUp,
        () => ended('up'),
      ),
      flow(
        server,
        guest,
        () => pace('down'),
        handDown,
        () => ended('down'),
      ),
    )
    guest.resume()
  })

  function pace(direction: Direction) {
    const { delayMs, bytesPerSecond } = faults()
    return { delayMs: delayMs[direction], bytesPerSecond: bytesPerSecond[direction] }
  }

  function handUp(bytes: Buffer): boolean {
    if (refused) return true // it goes nowhere
    if (!faults().refuseWebSocket && held.length === 0) {
      handedUp += bytes.length
      const goOn = server.write(bytes)
      decoder.read('up', bytes)
      return goOn
    }
    decoder.read('up', bytes)
    held = Buffer.concat([held, bytes])
    return handUpHeld()
  }

  function handUpHeld(): boolean {
    const upgrade = toBeRefused()
    const head = faults().refuseWebSocket ? decoder.headStart : undefined
    const until = upgrade?.start ?? head ?? Infinity
    const part = held.subarray(0, Math.max(0, until - handedUp))
    held = held.subarray(part.length)
    handedUp += part.length
    const goOn = part.length === 0 || server.write(part)
    if (upgrade) answerRefusal()
    return goOn
  }

  /** The request for a WebSocket that is here, and of which nothing is at the server yet: that is not taken back. */
  function toBeRefused() {
    const { upgrading } = decoder
    return faults().refuseWebSocket && upgrading && upgrading.start >= handedUp ? upgrading : undefined
  }

  /** Answers come in the order of the requests: this one waits for those before it. */
  function answerRefusal() {
    if (refused || toBeRefused()?.before !== 0) return
    refused = true
    held = Buffer.alloc(0)
    server.end()
    handedDown += refusalAnswer.length
    guest.end(refusalAnswer)
    decoder.read('down', refusalAnswer)
  }

  function handDown(bytes: Buffer): boolean {
    if (refused) return true
    handedDown += bytes.length
    const goOn = guest.write(bytes)
    decoder.read('down', bytes)
    if (held.length > 0) answerRefusal()
    return goOn
  }

  function ended(direction: Direction) {
    if (firstToEnd === 'none') firstToEnd = direction
    if (direction === 'down') {
      guest.end()
    } else {
      if (held.length > 0 && !toBeRefused()) {
        server.write(held)
        handedUp += held.length
        held = Buffer.alloc(0)
      }
      server.end()
    }
    decoder.end(direction)
  }

  /** One side has broken off: so does the wire on the other side, as late as its last bytes get there. */
  function lost(direction: Direction) {
    const other = direction === 'up' ? server : guest
    if (firstToEnd === 'none') firstToEnd = direction
    if (other.destroyed) return
    context.reset(direction)
    const { delayMs } = faults()
    if (delayMs[direction] === 0) return breakOff(other)
    timers.add(setTimeout(() => breakOff(other), delayMs[direction]))
  }

  function closed() {
    open--
    if (open > 0) return
    for (const one of flows) one.stop()
    for (const timer of timers) clearTimeout(timer)
    decoder.close()
    context.closed(firstToEnd)
  }

  return {
    get guest() {
      return { sent: flows[0]?.taken ?? 0, got: handedDown }
    },
    get server() {
      return { sent: flows[1]?.taken ?? 0, got: handedUp }
    },
    get waiting() {
      const up = (flows[0]?.waiting ?? 0) + held.length + server.writableLength
      return { up, down: (flows[1]?.waiting ?? 0) + guest.writableLength }
    },
    faultsChanged() {
      if (held.length > 0 && !refused) handUpHeld()
      for (const one of flows) one.wake()
    },
    cut() {
      breakOff(guest)
      breakOff(server)
    },
  }
}

function breakOff(socket: Socket) {
  // A socket whose end is going out just now cannot be reset: Node would lose it, and never say that it is closed.
  const isEnding = socket.writableEnded && !socket.writableFinished
  if (socket.connecting || isEnding) socket.destroy()
  else if (!socket.destroyed) socket.resetAndDestroy()
}
