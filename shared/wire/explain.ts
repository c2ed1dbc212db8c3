import { explainHead, hex, type Part, shortened } from './explain-http.ts'
import { decodeText, formatBytes, printable } from './format.ts'
import type { WireRecord } from './record.ts'
import { headLength, isMasked, lengthEnd, payloadLength } from './websocket.ts'

type Message = Pick<WireRecord, 'kind' | 'head' | 'body' | 'transport' | 'shortened'>

/**
 * Takes a record's bytes apart and says what each part is there for.
 *
 * @returns the parts in the order of the wire; none for the wire's own remarks
 */
export function explain(record: Message): Part[] {
  const { kind, head, body } = record
  if (kind === 'http.request' || kind === 'http.response' || kind === 'http.upgrade') {
    return [...explainHead(head.toString('latin1')), ...explainBody(record)]
  }
  if (kind === 'http.stream') return explainBody(record)
  if (kind.startsWith('wire.')) return []
  const frame = explainFrames(head)
  if (kind === 'websocket.close') return [...frame, ...explainClose(body)]
  if (kind === 'websocket.compressed')
    return [...frame, { text: hex(body), meaning: 'compressed by permessage-deflate' }]
  if (kind.startsWith('websocket.') || record.shortened) return [...frame, ...explainBody(record)]
  if (kind === 'socket.attachment' && head.length > 0) {
    return [...frame, { text: hex(body), meaning: `the attachment: ${formatBytes(body.length)}` }]
  }
  return [...frame, ...explainPacket(body.toString())]
}

function explainBody({ kind, body, head, shortened: isShortened }: Message): Part[] {
  if (body.length === 0) return []
  const text = kind === 'websocket.binary' ? undefined : decodeText(body, isShortened)
  const coding = /^content-encoding: *(\S+)/im.exec(head.toString('latin1'))?.[1]
  const what =
    coding && text !== undefined
      ? `the body, here unpacked; on the wire it is compressed by ${coding}`
      : 'the body'
  const meaning = isShortened ? `${what}: only its beginning is kept` : what
  return [{ text: text === undefined ? hex(body) : shortened(text), meaning }]
}

const opcodes: Record<number, string> = {
  0: 'goes on with the message before',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping: answer me',
  10: 'pong: the answer to a ping',
}

/**
 * @param heads the headers of a message's frames, one after the other (RFC 6455 §5.2)
 * @returns the parts of each
 */
function explainFrames(heads: Buffer): Part[] {
  const parts: Part[] = []
  for (let rest = heads; rest.length >= 2; rest = rest.subarray(headLength(rest))) {
    const first = rest[0]!
    const opcode = opcodes[first & 0x0f] ?? 'unknown'
    const compressed = first & 0x40 ? ', compressed' : ''
    const isLast = first & 0x80 ? 'the last frame of its message' : 'more frames of this message follow'
    parts.push({
      text: hex(rest.subarray(0, 1)),
      meaning: `WebSocket frame: ${opcode}${compressed}; ${isLast}`,
    })
    const masked = isMasked(rest) ? 'masked, as all that guests send; ' : ''
    parts.push({
      text: hex(rest.subarray(1, lengthEnd(rest))),
      meaning: `${masked}${formatBytes(payloadLength(rest))} follow`,
    })
    if (!masked) continue
    parts.push({
      text: hex(rest.subarray(lengthEnd(rest), headLength(rest))),
      meaning: 'the mask: on the wire each byte after it is mixed with one of these; below it is undone',
    })
  }
  return parts
}

/** What a close frame carries (RFC 6455 §5.5.1). */
function explainClose(body: Buffer): Part[] {
  if (body.length < 2) return []
  const code: Part = {
    text: hex(body.subarray(0, 2)),
    meaning: `the reason as a number: ${body.readUInt16BE(0)}`,
  }
  const reason = body.toString('utf8', 2)
  return reason ? [code, { text: reason, meaning: 'the reason in words' }] : [code]
}

// Engine.IO packets (protocol 4) and Socket.IO packets (protocol 5).

const enginePackets = [
  'open: here is your session',
  'close: the session ends',
  'ping: are you there?',
  'pong: I am',
  'message: for the program above',
  'upgrade: from now on over this transport',
  'noop: nothing, to let a waiting poll go',
]

const socketPackets = [
  'connect: to a namespace',
  'disconnect: from a namespace',
  'event',
  'acknowledgement: the answer to an event',
  'connect error: the namespace says no',
  'event with binary attachments',
  'acknowledgement with binary attachments',
]

/**
 * @param packet as text, `42["new message","hi"]`
 * @returns its parts in their order
 */
function explainPacket(packet: string): Part[] {
  const [, engine = '', rest = ''] = /^(.)([^]*)$/.exec(packet) ?? []
  if (engine === 'b') {
    return [
      { text: 'b', meaning: 'Engine.IO: binary, written as text' },
      { text: shortened(rest), meaning: 'the bytes in base64: four characters for three bytes' },
    ]
  }
  const begin = { text: engine, meaning: `Engine.IO: ${enginePackets[Number(engine)] ?? 'unknown'}` }
  return [begin, ...((engine === '4' && explainSocketPacket(rest)) || explainContent(rest))]
}

function explainContent(text: string): Part[] {
  const meaning = text === 'probe' ? 'a try: does this transport work?' : 'what it carries'
  return text ? [{ text: shortened(text), meaning }] : []
}

/** @returns undefined when it is none */
function explainSocketPacket(packet: string): Part[] | undefined {
  const found = /^([0-6])(\d+-)?(\/[^,]*,?)?(\d+)?([^]*)$/.exec(packet)
  if (!found) return undefined
  const [, type = '', attachments = '', namespace = '', id = '', data = ''] = found
  const isAnswer = type === '3' || type === '6'
  const parts: Part[] = [
    { text: type, meaning: `Socket.IO: ${socketPackets[Number(type)]}` },
    { text: attachments, meaning: `so many attachments follow: ${parseInt(attachments, 10)}` },
    { text: namespace, meaning: `the namespace ${printable(namespace.replace(/,$/, ''))}` },
    {
      text: id,
      meaning: isAnswer ? `the event that it answers: ${id}` : `the sender wants an answer, marked ${id}`,
    },
    { text: shortened(data), meaning: socketData[Number(type)] ?? 'what it carries' },
  ]
  return parts.filter(({ text }) => text !== '')
}

const socketData = [
  'what the connection begins with, as JSON',
  undefined,
  "the event's name and its arguments, as JSON",
  'the values of the answer, as JSON',
  'why not, as JSON',
  "the event's name and its arguments, as JSON; a placeholder stands where an attachment belongs",
  'the values of the answer, as JSON; a placeholder stands where an attachment belongs',
]
