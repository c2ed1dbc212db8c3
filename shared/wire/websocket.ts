import { Receiver } from 'ws'

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

/** Reads the WebSocket frames of one direction. */
export interface FrameReader {
  /** @throws Error when this is no WebSocket, or a message has more than 16,384 fragments */
  read(bytes: Buffer): void
}

const longestMessage = 4 * 1024 * 1024 // bytes of a message that are kept until it is whole
const mostFragments = 16_384
const mostHeads = 64
const none = Buffer.alloc(0)

/**
 * Finds where frames begin and end, so that their size is known to the byte and an endless one costs no memory, and
 * leaves what they mean to the receiver of `ws`. What that gets is a copy (it unmasks in place, and these bytes are
 * on their way to the server), without the bit for compression (which it would want to undo).
 *
 * @param fromGuest what guests send is masked, what servers send is not (RFC 6455 §5.3)
 */
export function frameReader(fromGuest: boolean, heard: (message: WebSocketMessage) => void): FrameReader {
  const receiver = new Receiver({
    isServer: fromGuest,
    maxFragments: mostFragments,
    skipUTF8Validation: true,
  })
  let failure: Error | null | undefined
  let closed = false

  let head = none // of the frame that is coming in
  let payloadLength = 0
  let payloadSeen = 0
  let kept: Buffer[] = []
  let keptBytes = 0

  let message = newMessage()
  let control = newMessage() // may come between the fragments of a message

  function tell(type: WebSocketMessage['type'], data: Buffer, about: typeof message) {
    const { bytes, heads, fragments, compressed, shortened } = about
    heard({ type, data, bytes, head: Buffer.concat(heads), fragments, compressed, shortened })
  }

  receiver.on('message', (data, isBinary) => {
    const whole = message
    message = newMessage()
    tell(isBinary ? 'binary' : 'text', data, whole)
  })
  receiver.on('ping', (data) => tell('ping', data, control))
  receiver.on('pong', (data) => tell('pong', data, control))
  receiver.on('conclude', (code, reason) => {
    closed = true
    tell(
      'close',
      code === 1005 ? reason : Buffer.concat([Buffer.of(code >> 8, code & 0xff), reason]),
      control,
    )
  })
  // It comes a tick after the write that failed; `errored` tells at once.
  receiver.on('error', (error) => (failure = error))

  /** The length of this frame's header, as far as its beginning says. */
  function headLength(): number {
    if (head.length < 2) return 2
    const short = head[1]! & 0x7f
    return 2 + (short === 127 ? 8 : short === 126 ? 2 : 0) + (head[1]! & 0x80 ? 4 : 0)
  }

  function beginFrame() {
    const short = head[1]! & 0x7f
    payloadLength =
      short === 127 ? Number(head.readBigUInt64BE(2)) : short === 126 ? head.readUInt16BE(2) : short
    if (!Number.isSafeInteger(payloadLength)) throw new Error('a frame longer than any program can hold')
    payloadSeen = 0
    const isControl = (head[0]! & 0x08) !== 0
    if (isControl) control = newMessage()
    const about = isControl ? control : message
    about.fragments++
    about.bytes += head.length + payloadLength
    if (about.heads.length < mostHeads) about.heads.push(head)
    if (head[0]! & 0x40) about.compressed = true
    const room = longestMessage - about.kept
    keptBytes = Math.min(payloadLength, room)
    about.kept += keptBytes
    if (keptBytes < payloadLength) about.shortened = true
  }

  function endFrame() {
    const opcode = head[0]! & ~0x40
    const masked = head[1]! & 0x80
    const mask = masked ? head.subarray(-4) : none
    const length = Buffer.of(masked | 127, 0, 0, 0, 0, 0, 0, 0, 0)
    length.writeUInt32BE(keptBytes, 5)
    // Of a long frame the receiver gets the beginning, under a header that says so. A control frame is never long.
    const header =
      payloadLength < 126 || opcode & 0x08
        ? [Buffer.of(opcode), head.subarray(1)]
        : [Buffer.of(opcode), length, mask]
    receiver.write(Buffer.concat([...header, ...kept]))
    head = none
    kept = []
    failure ??= receiver.errored
    if (failure) throw failure
  }

  return {
    read(bytes) {
      let at = 0
      while (at < bytes.length) {
        if (closed) return // What comes after a close is not read any more (RFC 6455 §5.5.1).
        const missing = headLength() - head.length
        if (missing > 0) {
          head = Buffer.concat([head, bytes.subarray(at, at + missing)])
          at += missing
          if (headLength() > head.length) continue
          beginFrame()
        }
        const rest = bytes.subarray(at, at + payloadLength - payloadSeen)
        if (payloadSeen < keptBytes) {
          kept.push(Buffer.from(rest.subarray(0, keptBytes - payloadSeen)))
          if (kept.length >= 1_024) kept = [Buffer.concat(kept)] // it may come byte by byte
        }
        payloadSeen += rest.length
        at += rest.length
        if (payloadSeen === payloadLength) endFrame()
      }
    },
  }
}

function newMessage() {
  return { bytes: 0, heads: [] as Buffer[], fragments: 0, kept: 0, compressed: false, shortened: false }
}

/** What a close frame carries (RFC 6455 §5.5.1): a code, 1005 when there is none, and a reason. */
export function closeOf(data: Buffer): { code: number; reason: string } {
  if (data.length < 2) return { code: 1005, reason: '' }
  return { code: data.readUInt16BE(0), reason: data.toString('utf8', 2) }
}

// RFC 6455 §7.4.1 and the IANA registry that it opens.
const closeWords: Record<number, string> = {
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

export function closeInWords(code: number): string {
  return closeWords[code] ?? (code >= 3000 ? "the program's own code" : 'unknown')
}
