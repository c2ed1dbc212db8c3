import type { Socket } from 'node:net'

/** How fast bytes may go just now. */
export interface Pace {
  /** how long each byte is kept back, ms; 0 for not at all */
  delayMs: number
  /** 0 for as fast as it goes */
  bytesPerSecond: number
}

/** One direction of a connection: what comes out of one socket goes into the other, unchanged and in order. */
export interface Flow {
  /** bytes taken from the source so far */
  readonly taken: number
  /** bytes that are kept back just now */
  readonly waiting: number
  /** Looks at the pace again, after it has changed. */
  wake(): void
  /** Forgets what is kept back, and takes nothing more. */
  stop(): void
}

// Once so much is kept back, the source has to wait; TCP tells it so by its window.
const mostBytesWaiting = 1024 * 1024
const mostPiecesWaiting = 4_096
const nothing = Buffer.alloc(0)
const burstSeconds = 0.05 // a trickle is let out in portions of this length

/**
 * @param from read until it ends; its end is handed on as an end, after all bytes before it
 * @param to told to `end()` when its source has ended; its 'drain' is waited for
 * @param pace asked for every piece, so a fault that changes acts at once
 * @param handOn takes the next piece to the other side; false when that side wants a pause until 'drain'
 * @param end called once, in place of the last piece
 */
export function flow(
  from: Socket,
  to: Socket,
  pace: () => Pace,
  handOn: (bytes: Buffer) => boolean,
  end: () => void,
): Flow {
  const queue: { bytes: Buffer | undefined; dueAt: number }[] = [] // no bytes: the source has ended
  let taken = 0
  let waiting = 0
  let blocked = false
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let credit = 0 // bytes that a trickle may let out at creditAt
  let creditAt = 0

  from.on('data', (bytes: Buffer) => {
    taken += bytes.length
    keepBack(bytes)
  })
  from.on('end', () => {
    // When bytes and a reset come together, Node tells of the bytes and then of an end. Writing nothing finds out:
    // after a reset it fails, and the socket's 'error' says the rest. With bytes still to go out, they will find out.
    if (!from.writable || from.writableLength > 0) return keepBack(undefined)
    from.write(nothing, (error) => {
      if (!error) keepBack(undefined)
    })
  })
  to.on('drain', () => {
    blocked = false
    pump()
  })

  function keepBack(bytes: Buffer | undefined) {
    if (stopped) return
    queue.push({ bytes, dueAt: performance.now() + pace().delayMs })
    waiting += bytes?.length ?? 0
    pump()
  }

  const isOpen = () => !stopped && !blocked

  function pump() {
    clearTimeout(timer)
    for (let next = queue[0]; next && isOpen(); next = queue[0]) {
      const wait = next.dueAt - performance.now()
      if (wait > 0) {
        timer = setTimeout(pump, Math.ceil(wait))
        break
      }
      if (!next.bytes) {
        queue.shift()
        end()
        return
      }
      const length = allowed(next.bytes.length)
      if (length === 0) {
        timer = setTimeout(pump, Math.ceil(burstSeconds * 1_000))
        break
      }
      const piece = next.bytes.subarray(0, length)
      if (length === next.bytes.length) queue.shift()
      else next.bytes = next.bytes.subarray(length)
      waiting -= length
      if (!handOn(piece)) blocked = true
    }
    if (stopped) return
    if (blocked || waiting >= mostBytesWaiting || queue.length >= mostPiecesWaiting) from.pause()
    else if (from.isPaused()) from.resume()
  }

  /** How many of so many bytes may go now. */
  function allowed(length: number): number {
    const { bytesPerSecond } = pace()
    if (bytesPerSecond === 0) return length
    const now = performance.now()
    const portion = Math.max(1, bytesPerSecond * burstSeconds)
    credit = Math.min(portion, credit + ((now - creditAt) / 1_000) * bytesPerSecond)
    creditAt = now
    const most = Math.min(length, Math.floor(credit))
    credit -= most
    return most
  }

  return {
    get taken() {
      return taken
    },
    get waiting() {
      return waiting
    },
    wake: pump,
    stop() {
      stopped = true
      clearTimeout(timer)
      queue.length = 0
      waiting = 0
    },
  }
}
