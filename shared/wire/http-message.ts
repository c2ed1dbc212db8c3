import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import type { DecoderContext, Exchange } from './exchange.ts'
import { type Head, header, type HttpReader } from './http.ts'
import { parsed, payloadOf } from './payload.ts'
import type { Direction, Transport } from './record.ts'
import { describePacket, type Session, splitPackets } from './socketio.ts'

/** One direction of a connection, as long as it is HTTP. */
export interface HttpSide {
  readonly reader: HttpReader
  /** what the message is for whose body is coming in; undefined between messages, and while a head comes in */
  readonly transport: Transport | undefined
}

/** An HTTP message that has come, whole or as far as it was let. */
export interface HttpMessage {
  readonly direction: Direction
  readonly kind: 'http.request' | 'http.response' | 'http.upgrade'
  readonly head: Head
  readonly body: Body
  /** on the wire, with head and chunk lengths */
  readonly bytes: number
  /** undefined for an answer that nobody has asked for */
  readonly exchange: Exchange | undefined
  /** when its body is a list of packets: theirs */
  readonly session: Session | undefined
  /** @param packets how many are in the body */
  describe(packets: number | undefined): string
}

/** Tells a message, and each packet in it. */
export function emitMessage(context: DecoderContext, message: HttpMessage) {
  const { direction, kind, bytes, head, body, exchange: asked, session } = message
  const { shortened } = body
  const transport = asked?.transport ?? 'http'
  const exchange = asked?.id
  const found = session && !shortened ? splitPackets(body.bytes.toString()) : undefined
  const meaning = message.describe(found?.packets.length)
  const payload = transport === 'polling' ? 0 : payloadOfBody(head, body)
  const content = { head: head.raw, body: body.bytes, shortened }
  const { id: within } = context.emit({
    direction,
    transport,
    kind,
    bytes,
    payload,
    meaning,
    exchange,
    ...content,
  })
  if (!found || !session) return
  const each = { direction, transport, within }
  for (const packet of found.packets) {
    const packetBody = Buffer.from(packet)
    const about = describePacket(packet, session, direction)
    context.emit({ ...each, ...about, bytes: packetBody.length, body: packetBody, exchange })
  }
  if (found.whole) return
  const rest = 'the rest of this body is no list of packets'
  context.emit({ ...each, kind: 'engine.unknown', bytes: 0, meaning: rest })
}

function payloadOfBody(head: Head, { bytes, shortened }: Body): number {
  if (shortened) return 0
  const type = header(head, 'content-type') ?? ''
  if (type.includes('json')) return payloadOf(parsed(bytes.toString()))
  if (!type.includes('x-www-form-urlencoded')) return 0
  return payloadOf([...new URLSearchParams(bytes.toString()).values()])
}

/** How much of a body is worth keeping: all of what is to be read, the beginning of what is only shown. */
export function bytesToKeep(head: Head, exchange: Exchange | undefined): number {
  const isText = /json|x-www-form-urlencoded/.test(header(head, 'content-type') ?? '')
  const isRead = exchange?.transport === 'polling' || isText || header(head, 'content-encoding')
  return isRead ? 4 * 1024 * 1024 : 16 * 1024
}

/** A body as far as it is kept. */
export interface Body {
  readonly bytes: Buffer
  /** its length on the wire without chunk lengths */
  readonly length: number
  /** true when `bytes` is only the beginning */
  readonly shortened: boolean
  /** true when it was compressed and `bytes` is not */
  readonly unpacked: boolean
}

export type BodyCollector = ReturnType<typeof collectBody>

/** Collects the pieces of a body, at most so many bytes of it. */
export function collectBody(maxBytes: number) {
  const pieces: Buffer[] = []
  let length = 0
  let kept = 0
  return {
    add(piece: Buffer) {
      length += piece.length
      if (kept >= maxBytes) return
      const part = Buffer.from(piece.subarray(0, maxBytes - kept))
      pieces.push(part)
      kept += part.length
      // A body of one-byte chunks would cost a hundred times its size.
      if (pieces.length >= 1_024) pieces.splice(0, pieces.length, Buffer.concat(pieces))
    },
    /**
     * @param head says how it is compressed (RFC 9110 §8.4)
     * @param isCut true when more of it was to come
     */
    take(head: Pick<Head, 'headers'>, isCut: boolean): Body {
      const packed = Buffer.concat(pieces)
      const shortened = isCut || length > kept
      if (shortened || length === 0) return { bytes: packed, length, shortened, unpacked: false }
      const bytes = unpack(packed, header(head, 'content-encoding')?.toLowerCase())
      return { bytes: bytes ?? packed, length, shortened, unpacked: bytes !== undefined }
    },
  }
}

const unpackLimit = { maxOutputLength: 4 * 1024 * 1024 } // a few bytes of zip can hold gigabytes

function unpack(packed: Buffer, coding: string | undefined): Buffer | undefined {
  try {
    if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(packed, unpackLimit)
    if (coding === 'br') return brotliDecompressSync(packed, unpackLimit)
    if (coding !== 'deflate') return undefined
    // By the standard "deflate" has a zlib header; some servers leave it out (RFC 9110 §8.4.1.2).
    const hasHeader = (packed[0]! & 0x0f) === 8
    return hasHeader ? inflateSync(packed, unpackLimit) : inflateRawSync(packed, unpackLimit)
  } catch {
    return undefined // It stays packed: the page shows it as it came.
  }
}
