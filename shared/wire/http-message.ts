import type { DecoderContext } from './decoder-context.ts'
import type { Exchange } from './exchange.ts'
import type { Body } from './http-body.ts'
import { type Head, header } from './http-head.ts'
import { parsed, payloadOf } from './payload.ts'
import type { HttpReader } from './http.ts'
import type { Direction, Transport } from './record.ts'
import { describePacket, type Session, splitPackets } from './socketio.ts'

/** One direction of a connection, as long as it is HTTP. */
export interface HttpSide {
  readonly reader: HttpReader
  /** what the message is for whose body is coming in; undefined between messages, and while a head comes in */
  readonly transport: Transport | undefined
}

/** An HTTP message that has come whole. */
export interface HttpMessage {
  readonly direction: Direction
  readonly kind: 'http.request' | 'http.response' | 'http.upgrade'
  readonly head: Head
  readonly body: Body
  /** on the wire, with head and chunk lengths */
  readonly bytes: number
  /** undefined for an answer that nobody has asked for */
  readonly exchange: Exchange | undefined
  /** whose packets the body is a list of, if it is one */
  readonly session: Session | undefined
  /** @param packets how many are in the body */
  describe(packets: number | undefined): string
}

/** Tells a message, and each packet in it. */
export function emitMessage(context: DecoderContext, message: HttpMessage) {
  const { direction, kind, head, body, bytes, exchange, session } = message
  const transport = exchange?.transport ?? 'http'
  const found = session && !body.shortened ? splitPackets(body.bytes.toString()) : undefined
  const carrier = context.emit({
    direction,
    transport,
    kind,
    bytes,
    payload: transport === 'polling' ? 0 : payloadOfBody(head, body),
    meaning: message.describe(found?.packets.length),
    head: head.raw,
    body: body.bytes,
    shortened: body.shortened,
    exchange: exchange?.id,
  })
  if (!found || !session) return
  const each = { direction, transport, within: carrier.id }
  for (const packet of found.packets) {
    const packetBody = Buffer.from(packet)
    const about = describePacket(packet, session, direction)
    context.emit({
      ...each,
      ...about,
      bytes: packetBody.length,
      body: packetBody,
      exchange: carrier.exchange,
    })
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

const understoodBytes = 4 * 1024 * 1024 // of what is to be understood
const shownBytes = 16 * 1024 // of what is only shown

/** How much of a body is worth keeping: all of what is to be read, the beginning of what is only shown. */
export function bytesToKeep(head: Head, exchange: Exchange | undefined): number {
  const isText = /json|x-www-form-urlencoded/.test(header(head, 'content-type') ?? '')
  const isUnderstood = exchange?.transport === 'polling' || isText || header(head, 'content-encoding')
  return isUnderstood ? understoodBytes : shownBytes
}
