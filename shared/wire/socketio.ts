import { decodePacket, decodePayload } from 'engine.io-parser'
import { Decoder, type Packet, PacketType } from 'socket.io-parser'
import type { Kind } from './record.ts'
import { bytesInWords, inWords, plain } from './format.ts'

/** What one Engine.IO packet is, and the Socket.IO packet in it. */
export interface Meaning {
  kind: Kind
  /** `message · event · new message · hi` */
  meaning: string
  /** the guests' own text in it, bytes */
  payload: number
}

/** What one direction of a session still has to deliver of an event with binary attachments. */
export interface Attachments {
  /** the event's name */
  of: string
  come: number
  total: number
}

/** An Engine.IO session (one guest), which may go on over another connection and another transport. */
export interface Session {
  up?: Attachments
  down?: Attachments
}

const separator = '\x1e' // between the packets of a polling body (Engine.IO protocol 4, "HTTP long-polling")
const mostPackets = 10_000 // of one body: more are no traffic of a chat
const mostAttachments = 1_000

/**
 * Takes the body of a polling request or answer apart (Engine.IO protocol 4).
 *
 * @param body as text: `4{…}␞4{…}`
 * @returns each packet's text as it stands in the body; `whole` is false when there is more that is not read:
 *   what comes after a packet without a meaning (the parser stops there), or after 10,000 of them
 */
export function packetsOf(body: string): { packets: string[]; whole: boolean } {
  if (body === '') return { packets: [], whole: true }
  const packets = body.split(separator, mostPackets)
  const read = packets.slice(0, decodePayload(packets.join(separator)).length)
  return { packets: read, whole: read.join(separator).length === body.length }
}

/**
 * @param packet a packet as WebSocket carries it: text, or a binary attachment; in a polling body that is `b` and base64
 * @param session the packet's session: an attachment belongs to the event before it
 */
export function meaningOf(packet: string | Buffer, session: Session, direction: 'up' | 'down'): Meaning {
  const { type, data } = decodePacket(packet)
  if (Buffer.isBuffer(data)) return attachment(data, session, direction)
  const text: string = data ?? ''
  const more = text === '' ? '' : ` · ${plain(text)}`
  switch (type) {
    case 'open':
      return { kind: 'engine.open', meaning: opening(text), payload: 0 }
    case 'close':
      return { kind: 'engine.close', meaning: `close${more}`, payload: 0 }
    case 'ping':
      return { kind: 'engine.ping', meaning: `ping${more}`, payload: 0 }
    case 'pong':
      return { kind: 'engine.pong', meaning: `pong${more}`, payload: 0 }
    case 'upgrade':
      return { kind: 'engine.upgrade', meaning: `upgrade${more}`, payload: 0 }
    case 'noop':
      return { kind: 'engine.noop', meaning: 'noop · nothing to say', payload: 0 }
    case 'message':
      return message(text, session, direction)
    default:
      return { kind: 'engine.unknown', meaning: `no packet that Engine.IO knows${more}`, payload: 0 }
  }
}

function opening(text: string): string {
  const about: unknown = parsed(text)
  if (!isObject(about)) return `open · ${plain(text)}`
  const { sid, upgrades, pingInterval } = about
  const parts = [`open · session ${plain(String(sid))}`]
  if (Array.isArray(upgrades) && upgrades.length > 0)
    parts.push(`may upgrade to ${plain(upgrades.join(', '))}`)
  if (typeof pingInterval === 'number') parts.push(`a ping every ${pingInterval / 1_000} s`)
  return parts.join(' · ')
}

function words(...parts: (string | undefined | false)[]): string {
  return ['message', ...parts].filter(Boolean).join(' · ')
}

/** A Socket.IO packet (Socket.IO protocol 5), or an application's own text. */
function message(text: string, session: Session, direction: 'up' | 'down'): Meaning {
  const packet = socketPacket(text)
  if (!packet) {
    return { kind: 'engine.message', meaning: `message · ${plain(text)}`, payload: Buffer.byteLength(text) }
  }
  const { type, nsp, data, id } = packet
  const place = nsp !== '/' && `namespace ${plain(nsp)}`

  if (type === PacketType.CONNECT) {
    const verb = direction === 'up' ? 'connect' : 'connected'
    return { kind: 'socket.connect', meaning: words(verb, place, data && inWords(data)), payload: 0 }
  }
  if (type === PacketType.DISCONNECT) {
    return { kind: 'socket.disconnect', meaning: words('disconnect', place), payload: 0 }
  }
  if (type === PacketType.CONNECT_ERROR) {
    return { kind: 'socket.connectError', meaning: words('connect error', place, inWords(data)), payload: 0 }
  }
  const list: unknown[] = Array.isArray(data) ? data : []
  const isEvent = type === PacketType.EVENT
  const name = isEvent ? inWords(String(list[0])) : `acknowledgement ${id}`
  const values = (isEvent ? list.slice(1) : list).map(inWords)
  const total = attachmentsOf(text)
  if (total > 0) session[direction] = { of: name, come: 0, total }
  const extra = total > 0 && `${total} ${total === 1 ? 'attachment follows' : 'attachments follow'}`
  const kind = isEvent ? 'socket.event' : 'socket.acknowledgement'
  const asks = isEvent && id !== undefined && `acknowledgement ${id} wanted`
  return {
    kind,
    meaning: words(...(isEvent ? ['event', place, name] : [name, place]), ...values, extra, asks),
    payload: payloadOf(isEvent ? list.slice(1) : list),
  }
}

function attachment(data: Buffer, session: Session, direction: 'up' | 'down'): Meaning {
  const awaited = session[direction]
  const payload = data.length
  if (!awaited)
    return { kind: 'engine.message', meaning: `message · ${bytesInWords(payload)} of binary`, payload }
  awaited.come++
  if (awaited.come === awaited.total) session[direction] = undefined
  const meaning = `message · attachment ${awaited.come} of ${awaited.total} · ${awaited.of} · ${bytesInWords(payload)}`
  return { kind: 'socket.attachment', meaning, payload }
}

/**
 * Reads a Socket.IO packet. One with attachments is read before they come: in their places stands a stand-in that
 * says so. (The parser keeps attachments until all of them are there, which would cost memory, and would have
 * nothing to show until then.)
 *
 * @returns undefined when it is none
 */
export function socketPacket(text: string): Packet | undefined {
  const decoder = new Decoder({ maxAttachments: mostAttachments })
  let packet: Packet | undefined
  decoder.on('decoded', (decoded) => (packet = decoded))
  try {
    decoder.add(text)
    for (let i = 0; i < attachmentsOf(text); i++) decoder.add(Buffer.alloc(0))
  } catch {
    return undefined // The parser says by an exception that this is no packet of Socket.IO.
  }
  return packet
}

function attachmentsOf(text: string): number {
  return Math.min(Number(/^[56](\d+)-/.exec(text)?.[1] ?? 0), mostAttachments)
}

/**
 * The guests' own text in what a message carries: all strings in it, however deep, in bytes of UTF-8, without quotes
 * and escapes, and all binary attachments. Not in it: event names, keys, numbers, brackets, everything that the
 * protocols put around. Who wrote a string cannot be seen on the wire, so a server's own "Connected" counts too.
 *
 * - Socket.IO: the arguments of events, the values of acknowledgements
 * - HTTP: the values of a JSON body or of a form
 * - other WebSocket messages: all of it
 *
 * @param value what JSON.parse returns
 * @returns bytes
 */
export function payloadOf(value: unknown): number {
  let bytes = 0
  const open: unknown[] = [value] // a list and not recursion: a guest may nest as deep as it likes
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next === 'string') bytes += Buffer.byteLength(next)
    else if (Array.isArray(next)) for (const item of next) open.push(item)
    else if (isObject(next) && !Buffer.isBuffer(next)) for (const item of Object.values(next)) open.push(item)
  }
  return bytes
}

export function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined // It is no JSON, and is shown as the text that it is.
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
