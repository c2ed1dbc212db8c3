import { Receiver } from 'ws'

/** No code was given (RFC 6455 §7.4.1). */
export const noCode = 1005

/** A whole WebSocket message or control frame (RFC 6455 §5). */
export interface WebSocketMessage {
  readonly type: 'text' | 'binary' | 'ping' | 'pong' | 'close'
  /** unmasked and put together; still compressed when `compressed` */
  readonly data: Buffer
  /** on the wire, with the headers of all its frames */
  readonly bytes: number
  /** the headers of its frames, one after the other; at most 64 of them */
  readonly head: Buffer
  readonly fragments: number
  /** sent with permessage-deflate (RFC 7692): the reserved bit RSV1 is set */
  readonly compressed: boolean
  /** true when `data` is only the beginning */
  readonly shortened: boolean
}

const maxMessageBytes = 4 * 1024 * 1024 // that are kept until a message is whole
const maxFragments = 16_384
const maxHeads = 64
const none = Buffer.alloc(0)

/**
 * Reads the WebSocket frames of one direction. It finds where frames begin and end, so that their size is known to the
 * byte and an endless one costs no memory, and leaves what they mean to the receiver of `ws`. What that gets is a copy
 * (it unmasks in place, and these bytes are on their way to the server), without the bit for compression (which it would
 * want to undo).
 */
export class FrameReader {
  readonly #receiver: Receiver
  readonly #heard: (message: WebSocketMessage) => void
  #failure: Error | null | undefined
  #isClosed = false

  #head = none // of the frame that is coming in
  #payloadLength = 0
  #payloadSeen = 0
  #kept: Buffer[] = []
  #toKeep = 0 // bytes of this frame

  #message = newMessage()
  #control = newMessage() // may come between the fragments of a message

  /** @param fromClient what clients send is masked, what servers send is not (RFC 6455 §5.3) */
  constructor(fromClient: boolean, heard: (message: WebSocketMessage) => void) {
    this.#heard = heard
    this.#receiver = new Receiver({ isServer: fromClient, maxFragments, skipUTF8Validation: true })
    this.#receiver.on('message', (data, isBinary) => {
      const whole = this.#message
      this.#message = newMessage()
      this.#tell(isBinary ? 'binary' : 'text', data, whole)
    })
    this.#receiver.on('ping', (data) => this.#tell('ping', data, this.#control))
    this.#receiver.on('pong', (data) => this.#tell('pong', data, this.#control))
    this.#receiver.on('conclude', (code, reason) => {
      this.#isClosed = true
      const data = code === noCode ? reason : Buffer.concat([Buffer.of(code >> 8, code & 0xff), reason])
      this.#tell('close', data, this.#control)
    })
    // It comes a tick after the write that failed; `errored` tells at once.
    this.#receiver.on('error', (error) => (this.#failure = error))
  }

  /** @throws Error when this is no WebSocket, or a message has more than 16,384 fragments */
  read(bytes: Buffer) {
    let at = 0
    while (at < bytes.length) {
      if (this.#isClosed) return // What comes after a close is not read any more (RFC 6455 §5.5.1).
      at += this.#isHeadWhole() ? this.#readPayload(bytes.subarray(at)) : this.#readHead(bytes.subarray(at))
      if (this.#isHeadWhole() && this.#payloadSeen === this.#payloadLength) this.#endFrame()
    }
  }

  #isHeadWhole(): boolean {
    return this.#head.length >= 2 && this.#head.length === headLength(this.#head)
  }

  #readHead(bytes: Buffer): number {
    const known = this.#head.length < 2 ? 2 : headLength(this.#head)
    const part = bytes.subarray(0, known - this.#head.length)
    this.#head = Buffer.concat([this.#head, part])
    if (this.#isHeadWhole()) this.#beginFrame()
    return part.length
  }

  #readPayload(bytes: Buffer): number {
    const part = bytes.subarray(0, this.#payloadLength - this.#payloadSeen)
    if (this.#payloadSeen < this.#toKeep) {
      this.#kept.push(Buffer.from(part.subarray(0, this.#toKeep - this.#payloadSeen)))
      if (this.#kept.length >= 1_024) this.#kept = [Buffer.concat(this.#kept)] // it may come byte by byte
    }
    this.#payloadSeen += part.length
    return part.length
  }

  #beginFrame() {
    const head = this.#head
    this.#payloadLength = payloadLength(head)
    this.#payloadSeen = 0
    if (!Number.isSafeInteger(this.#payloadLength))
      throw new Error('a frame longer than any program can hold')
    const isControl = (head[0]! & 0x08) !== 0
    if (isControl) this.#control = newMessage()
    const about = isControl ? this.#control : this.#message
    about.fragments++
    about.bytes += head.length + this.#payloadLength
    if (about.heads.length < maxHeads) about.heads.push(head)
    if (head[0]! & 0x40) about.compressed = true
    this.#toKeep = Math.min(this.#payloadLength, maxMessageBytes - about.kept)
    about.kept += this.#toKeep
    if (this.#toKeep < this.#payloadLength) about.shortened = true
  }

  #endFrame() {
    this.#receiver.write(Buffer.concat([this.#headForReceiver(), ...this.#kept]))
    this.#head = none
    this.#kept = []
    this.#failure ??= this.#receiver.errored
    if (this.#failure) throw this.#failure
  }

  /** Of a long frame the receiver gets the beginning, under a header that says so. */
  #headForReceiver(): Buffer {
    const head = Buffer.from(this.#head)
    head[0]! &= ~0x40
    if (lengthEnd(head) === 10) head.writeBigUInt64BE(BigInt(this.#toKeep), 2)
    else if (lengthEnd(head) === 4) head.writeUInt16BE(this.#toKeep, 2)
    else head[1] = (head[1]! & 0x80) | this.#toKeep
    return head
  }

  #tell(type: WebSocketMessage['type'], data: Buffer, about: MessageSoFar) {
    const { bytes, heads, fragments, compressed, shortened } = about
    this.#heard({ type, data, bytes, head: Buffer.concat(heads), fragments, compressed, shortened })
  }
}

type MessageSoFar = ReturnType<typeof newMessage>

function newMessage() {
  return { bytes: 0, heads: [] as Buffer[], fragments: 0, kept: 0, compressed: false, shortened: false }
}

// The header of a WebSocket frame (RFC 6455 §5.2): an opcode, a length of one, three or nine bytes, perhaps a mask of four.

/** @param head the header, or at least its first two bytes */
export function isMasked(head: Buffer): boolean {
  return (head[1]! & 0x80) !== 0
}

/** Where the length ends, and the mask or the payload begins: 2, 4 or 10 bytes after the beginning. */
export function lengthEnd(head: Buffer): number {
  const short = head[1]! & 0x7f
  if (short === 127) return 10
  return short === 126 ? 4 : 2
}

/** The length of the header itself, in bytes. */
export function headLength(head: Buffer): number {
  return lengthEnd(head) + (isMasked(head) ? 4 : 0)
}

/** How many bytes follow the header. @param head the whole header */
export function payloadLength(head: Buffer): number {
  const short = head[1]! & 0x7f
  if (short === 127) return Number(head.readBigUInt64BE(2))
  return short === 126 ? head.readUInt16BE(2) : short
}
