import { decodePacket, decodePayload } from 'engine.io-parser'
import { Decoder, type Packet, PacketType } from 'socket.io-parser'
import type { Direction, Kind } from './record.ts'
import { formatBytes, formatSaid, formatValue, printable } from './format.ts'
import { isObject, parsed, payloadOf } from './payload.ts'

/** What one Engine.IO packet is, and the Socket.IO packet in it. */
export interface Meaning {
  kind: Kind
  /** `new message “hi”` */
  meaning: string
  /** people's own text in it, bytes */
  payload: number
}

const separator = '\x1e' // between the packets of a polling body (Engine.IO protocol 4, "HTTP long-polling")
const maxPackets = 10_000 // of one body: more are no traffic of a chat
const maxAttachments = 1_000

/**
 * Takes the body of a polling request or answer apart (Engine.IO protocol 4).
 *
 * @param body as text: `4{…}␞4{…}`
 * @returns each packet's text as it stands in the body; `whole` is false when there is more that is not read:
 *   what comes after a packet without a meaning (the parser stops there), or after 10,000 of them
 */
export function splitPackets(body: string): { packets: string[]; whole: boolean } {
  if (body === '') return { packets: [], whole: true }
  const packets = body.split(separator, maxPackets)
  const read = packets.slice(0, decodePayload(packets.join(separator)).length)
  return { packets: read, whole: read.join(separator).length === body.length }
}

/**
 * @param packet a packet as WebSocket carries it: text, or a binary attachment; in a polling body that is `b` and base64
 * @param session the packet's session: an attachment belongs to the event before it
 */
export function describePacket(packet: string | Buffer, session: Session, direction: Direction): Meaning {
  const { type, data } = decodePacket(packet)
  if (Buffer.isBuffer(data)) return describeAttachment(data, session, direction)
  const text: string = data ?? ''
  const more = text === '' ? '' : ` · ${printable(text)}`
  switch (type) {
    case 'message':
      return describeMessage(text, session, direction)
    case 'open':
      return { kind: 'engine.open', meaning: describeOpening(text), payload: 0 }
    case 'noop':
      return { kind: 'engine.noop', meaning: 'noop · nothing to say', payload: 0 }
    case 'error':
      return { kind: 'engine.unknown', meaning: `no packet that Engine.IO knows${more}`, payload: 0 }
    default:
      return { kind: `engine.${type}`, meaning: `${type}${more}`, payload: 0 }
  }
}

function describeOpening(text: string): string {
  const about: unknown = parsed(text)
  if (!isObject(about)) return `open · ${printable(text)}`
  const { sid, upgrades, pingInterval } = about
  const parts = [`open · session ${printable(String(sid))}`]
  if (Array.isArray(upgrades) && upgrades.length > 0)
    parts.push(`may upgrade to ${printable(upgrades.join(', '))}`)
  if (typeof pingInterval === 'number') parts.push(`a ping every ${pingInterval / 1_000} s`)
  return parts.join(' · ')
}

function joined(...parts: (string | undefined | false)[]): string {
  return parts.filter(Boolean).join(' · ')
}

/** A Socket.IO packet (Socket.IO protocol 5), or an application's own text. */
function describeMessage(text: string, session: Session, direction: Direction): Meaning {
  const packet = socketPacket(text)
  if (!packet) {
    return {
      kind: 'engine.message',
      meaning: `“${printable(text)}”`,
      payload: Buffer.byteLength(text),
    }
  }
  const { type, nsp, data, id } = packet
  const place = nsp !== '/' && `namespace ${printable(nsp)}`

  if (type === PacketType.CONNECT) {
    const verb = direction === 'up' ? 'connect' : 'connected'
    return { kind: 'socket.connect', meaning: joined(verb, place, data && formatValue(data)), payload: 0 }
  }
  if (type === PacketType.DISCONNECT) {
    return { kind: 'socket.disconnect', meaning: joined('disconnect', place), payload: 0 }
  }
  if (type === PacketType.CONNECT_ERROR) {
    return {
      kind: 'socket.connectError',
      meaning: joined('connect error', place, formatValue(data)),
      payload: 0,
    }
  }
  const list: unknown[] = Array.isArray(data) ? data : []
  const total = countAttachments(text)
  const extra = total > 0 && `${total} ${total === 1 ? 'attachment follows' : 'attachments follow'}`
  const isEvent = type === PacketType.EVENT
  const [name, values] = isEvent
    ? [printable(String(list[0])), list.slice(1)]
    : [describeAnswer(id, list), list]
  if (total > 0) session[direction] = { of: name, come: 0, total }
  const [said, others] = formatSaid(values)
  const named = said ? `${name} ${said}` : name
  const payload = payloadOf(values)
  if (!isEvent) {
    return { kind: 'socket.acknowledgement', meaning: joined(named, place, ...others, extra), payload }
  }
  const asks = id !== undefined && `acknowledgement ${id} wanted`
  return { kind: 'socket.event', meaning: joined(named, place, ...others, extra, asks), payload }
}

/** Most servers say by `ok` whether they have done what was asked. */
function describeAnswer(id: number | undefined, [value]: unknown[]): string {
  const ok = isObject(value) ? value.ok : undefined
  const mark = { true: '✓ ', false: '✗ ' }[String(ok)] ?? ''
  return `${mark}acknowledgement ${id}`
}

function describeAttachment(data: Buffer, session: Session, direction: Direction): Meaning {
  const awaited = session[direction]
  const payload = data.length
  if (!awaited) return { kind: 'engine.message', meaning: `${formatBytes(payload)} of binary`, payload }
  awaited.come++
  if (awaited.come === awaited.total) session[direction] = undefined
  const meaning = `attachment ${awaited.come} of ${awaited.total} · ${awaited.of} · ${formatBytes(payload)}`
  return { kind: 'socket.attachment', meaning, payload }
}

/**
 * Reads a Socket.IO packet. One with attachments is read before they come: in their places stands a stand-in that
 * says so. (The parser keeps attachments until all of them are there, which would cost memory, and would have
 * nothing to show until then.)
 *
 * @returns undefined when it is none
 */
function socketPacket(text: string): Packet | undefined {
  const decoder = new Decoder({ maxAttachments })
  let packet: Packet | undefined
  decoder.on('decoded', (decoded) => (packet = decoded))
  try {
    decoder.add(text)
    for (let i = 0; i < countAttachments(text); i++) decoder.add(Buffer.alloc(0))
  } catch {
    return undefined // The parser says by an exception that this is no packet of Socket.IO.
  }
  return packet
}

function countAttachments(text: string): number {
  return Math.min(Number(/^[56](\d+)-/.exec(text)?.[1] ?? 0), maxAttachments)
}

/** What one direction of a session still has to deliver of an event with binary attachments. */
interface Attachments {
  /** the event's name */
  of: string
  come: number
  total: number
}

/** An Engine.IO session (one client), which may go on over another connection and another transport. */
export interface Session {
  up?: Attachments
  down?: Attachments
}

const maxSessions = 2_000

/** @returns finds the session with this id, which the server has made; only the newest are remembered */
export function rememberSessions(): (sid: string) => Session {
  const sessions = new Map<string, Session>()
  return (sid) => {
    const session = sessions.get(sid) ?? {}
    sessions.delete(sid)
    sessions.set(sid, session)
    for (const oldest of sessions.keys()) {
      if (sessions.size <= maxSessions) break
      sessions.delete(oldest)
    }
    return session
  }
}
