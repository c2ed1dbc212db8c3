import type { Socket } from 'node:net'

/** How fast bytes may go just now. */
interface Rate {
  /** how long each byte is kept back, ms; 0 for not at all */
  delayMs: number
  /** 0 for as fast as it goes */
  bytesPerSecond: number
}

interface ThrottleOptions {
  /** asked for every piece, so a fault that changes acts at once */
  rate: () => Rate
  /** takes the next piece to the other side; false when that side wants a pause until 'drain' */
  handOn: (bytes: Buffer) => boolean
  /** called once, when `from` has ended and all its bytes are handed on */
  end: () => void
}

// Once so much is kept back, the source has to wait; TCP tells it so by its window.
const maxBytesWaiting = 1024 * 1024
const maxPiecesWaiting = 4_096
const nothing = Buffer.alloc(0)

/** One direction of a connection: what comes out of one socket goes into the other, unchanged and in order. */
export class Throttle {
  readonly #from: Socket
  readonly #options: ThrottleOptions
  readonly #queue: { bytes: Buffer | undefined; dueAt: number }[] = [] // no bytes: the source has ended
  readonly #allowance = allowance()
  #taken = 0
  #waiting = 0
  #isBlocked = false
  #isStopped = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * @param from read until it ends; its end is handed on as an end, after all bytes before it
   * @param to its 'drain' is waited for
   */
  constructor(from: Socket, to: Socket, options: ThrottleOptions) {
    this.#from = from
    this.#options = options
    from.on('data', (bytes: Buffer) => {
      this.#taken += bytes.length
      this.#keepBack(bytes)
    })
    from.on('end', () => {
      // When bytes and a reset come together, Node tells of the bytes and then of an end. Writing nothing finds out:
      // after a reset it fails, and the socket's 'error' says the rest. With bytes still to go out, they will find out.
      if (!from.writable || from.writableLength > 0) return this.#keepBack(undefined)
      from.write(nothing, (error) => {
        if (!error) this.#keepBack(undefined)
      })
    })
    to.on('drain', () => {
      this.#isBlocked = false
      this.wake()
    })
  }

  /** bytes taken from the source so far */
  get taken(): number {
    return this.#taken
  }

  /** bytes that are kept back just now */
  get waiting(): number {
    return this.#waiting
  }

  /** Hands on what is due. To be called when the rate has changed. */
  wake() {
    clearTimeout(this.#timer)
    let waitMs = 0
    while (waitMs === 0 && this.#queue.length > 0 && !this.#isBlocked && !this.#isStopped) {
      waitMs = this.#handOnNext()
    }
    if (this.#isStopped) return
    if (waitMs > 0) this.#timer = setTimeout(() => this.wake(), Math.ceil(waitMs))
    const isFull = this.#waiting >= maxBytesWaiting || this.#queue.length >= maxPiecesWaiting
    if (this.#isBlocked || isFull) this.#from.pause()
    else if (this.#from.isPaused()) this.#from.resume()
  }

  /** Forgets what is kept back, and takes nothing more. */
  stop() {
    this.#isStopped = true
    clearTimeout(this.#timer)
    this.#queue.length = 0
    this.#waiting = 0
  }

  #keepBack(bytes: Buffer | undefined) {
    if (this.#isStopped) return
    this.#queue.push({ bytes, dueAt: performance.now() + this.#options.rate().delayMs })
    this.#waiting += bytes?.length ?? 0
    this.wake()
  }

  /** @returns how long to wait until more may go, ms; 0 when it may go at once */
  #handOnNext(): number {
    const next = this.#queue[0]
    if (!next) return 0
    const { rate, handOn, end } = this.#options
    const waitMs = next.dueAt - performance.now()
    if (waitMs > 0) return waitMs
    if (!next.bytes) {
      this.#queue.shift()
      end()
      return 0
    }
    const length = this.#allowance(next.bytes.length, rate().bytesPerSecond)
    if (length === 0) return portionMs
    const piece = next.bytes.subarray(0, length)
    if (length === next.bytes.length) this.#queue.shift()
    else next.bytes = next.bytes.subarray(length)
    this.#waiting -= length
    if (!handOn(piece)) this.#isBlocked = true
    return 0
  }
}

/** A trickle is let out in portions of this length. */
const portionMs = 50

/** @returns takes as many of so many bytes as a trickle may let out now, and says how many; 0 a second is no trickle */
function allowance(): (bytes: number, bytesPerSecond: number) => number {
  let credit = 0 // bytes that might go at creditAt
  let creditAt = 0
  return (bytes, bytesPerSecond) => {
    if (bytesPerSecond === 0) return bytes
    const now = performance.now()
    const portion = Math.max(1, (bytesPerSecond * portionMs) / 1_000)
    credit = Math.min(portion, credit + ((now - creditAt) / 1_000) * bytesPerSecond)
    creditAt = now
    const taken = Math.min(bytes, Math.floor(credit))
    credit -= taken
    return taken
  }
}
