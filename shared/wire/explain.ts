import type { WireRecord } from './record.ts'
import { bytesInWords, plain } from './format.ts'

/** A part of a message, and what it is there for. The texts of all parts, one after the other, are the message. */
export interface Part {
  /** as it was on the wire; bytes that are no text stand as hex: `81 85` */
  readonly text: string
  readonly meaning: string
}

const longestBody = 2_000 // characters of a body in one part

/**
 * Takes a record's bytes apart and says what each part is there for.
 *
 * @returns the parts in the order of the wire; none for the wire's own remarks
 */
export function explain(
  record: Pick<WireRecord, 'kind' | 'head' | 'body' | 'transport' | 'shortened'>,
): Part[] {
  const { kind, head, body } = record
  if (kind === 'http.request' || kind === 'http.response' || kind === 'http.upgrade') {
    return [...httpHead(head.toString('latin1')), ...bodyPart(record)]
  }
  if (kind === 'http.stream') return bodyPart(record)
  if (kind.startsWith('wire.')) return []
  const frame = head.length > 0 ? frameHead(head) : []
  if (kind === 'websocket.close') return [...frame, ...closePart(body)]
  if (kind === 'websocket.compressed')
    return [...frame, { text: hex(body), meaning: 'compressed by permessage-deflate' }]
  if (kind.startsWith('websocket.') || record.shortened) return [...frame, ...bodyPart(record)]
  if (kind === 'socket.attachment' && head.length > 0) {
    return [...frame, { text: hex(body), meaning: `the attachment: ${bytesInWords(body.length)}` }]
  }
  return [...frame, ...packetParts(body.toString())]
}

function bodyPart({ kind, body, head, shortened }: Parameters<typeof explain>[0]): Part[] {
  if (body.length === 0) return []
  const text = body.toString()
  const isText = kind !== 'websocket.binary' && !text.includes('�')
  const coding = /^content-encoding: *(\S+)/im.exec(head.toString('latin1'))?.[1]
  const what =
    coding && isText ? `the body, here unpacked; on the wire it is compressed by ${coding}` : 'the body'
  const size = shortened ? `${what}: only its beginning is kept` : what
  return [{ text: isText ? text.slice(0, longestBody) : hex(body), meaning: size }]
}

/* ---- HTTP (RFC 9110, RFC 9112) ---- */

function httpHead(head: string): Part[] {
  const [first = '', ...lines] = head.split('\r\n')
  const parts: Part[] = []
  const request = /^(\S+) (\S+?)(\?\S*)? (HTTP\/\d\.\d)$/.exec(first)
  const answer = /^(HTTP\/\d\.\d) (\d{3})(.*)$/.exec(first)
  if (request) {
    const [, method = '', path = '', query, version = ''] = request
    parts.push({ text: method, meaning: methods[method] ?? 'the method: what is to be done' })
    parts.push({ text: ` ${path}`, meaning: 'the path: with which thing' })
    if (query) parts.push(...queryParts(query))
    parts.push({ text: ` ${version}\r\n`, meaning: 'the version of the protocol' })
  } else if (answer) {
    const [, version = '', status = '', reason = ''] = answer
    parts.push({ text: version, meaning: 'the version of the protocol' })
    parts.push({ text: ` ${status}`, meaning: statuses[status] ?? classes[status[0]!] ?? 'the status' })
    parts.push({ text: `${reason}\r\n`, meaning: 'the status again, for people' })
  } else {
    parts.push({ text: `${first}\r\n`, meaning: 'the first line' })
  }
  for (const line of lines.slice(0, -2)) {
    const name = line.split(':')[0]!.toLowerCase()
    parts.push({ text: `${line}\r\n`, meaning: headers[name] ?? 'a header: more about the message' })
  }
  if (lines.length >= 2) parts.push({ text: '\r\n', meaning: 'an empty line: here the head ends' })
  return parts
}

function queryParts(query: string): Part[] {
  return query.split(/(?=[?&])/).map((text) => ({
    text,
    meaning: queries[text.slice(1).split('=')[0]!] ?? 'a value for the program',
  }))
}

const methods: Record<string, string> = {
  GET: 'asks for something, and changes nothing',
  POST: 'hands something in',
  HEAD: 'asks for the head of the answer alone',
}

const statuses: Record<string, string> = {
  '101': 'agreed: after this head the connection speaks another protocol',
  '200': 'it worked',
  '201': 'it worked, and something new is there',
  '204': 'it worked, and there is nothing to say',
  '304': 'nothing new: use the copy that you have',
  '400': 'the request is not understood, or not wanted like this',
  '401': 'log in first',
  '403': 'not yours',
  '404': 'there is no such thing',
}

const classes: Record<string, string> = {
  '1': 'an interim answer: the real one follows',
  '2': 'it worked',
  '3': 'look elsewhere',
  '4': 'the request is at fault',
  '5': 'the server is at fault',
}

// The Engine.IO protocol, "HTTP handshake", says what these are.
const queries: Record<string, string> = {
  EIO: 'the version of the Engine.IO protocol',
  transport: 'what is to carry the packets: polling or websocket',
  sid: "the session: which guest this is, as a poll's connection does not tell",
  t: 'something new each time, so that no cache answers',
}

const headers: Record<string, string> = {
  accept: 'what kinds of answer the guest can use',
  'accept-encoding': 'how the answer may be compressed',
  'accept-language': 'the languages that the person reads',
  'access-control-allow-origin': 'pages from where may read this answer',
  'cache-control': 'whether, and how long, a copy may be kept',
  connection: 'what becomes of the TCP connection after this message',
  'content-encoding': 'how the body is compressed',
  'content-length': 'how many bytes the body has: where the next message begins',
  'content-type': 'what the body is',
  cookie: 'what the server has asked to be told each time',
  date: 'when the answer was made',
  etag: 'a name for this version of the thing',
  host: 'which server is meant: several may live at one address',
  'if-none-match': 'the version that the guest has: answer only when it is old',
  'keep-alive': 'how long the connection may stay open without a request',
  origin: 'the page that asks',
  referer: 'the page that the request comes from',
  'sec-websocket-accept': 'the key, hashed with a fixed text: proof that the server knows WebSocket',
  'sec-websocket-extensions': 'additions, such as compression, that are offered or taken',
  'sec-websocket-key': 'random, to be answered: so that no cache and no other server can say yes',
  'sec-websocket-version': 'the version of WebSocket: always 13',
  'set-cookie': 'to be kept, and told with each request from now on',
  'transfer-encoding': 'chunked: the body comes in pieces, each with its length before it',
  upgrade: 'the protocol to go on in',
  'user-agent': 'the program that asks',
  'x-powered-by': 'the framework that the server is made with',
}

/* ---- WebSocket frames (RFC 6455 §5.2) ---- */

const opcodes: Record<number, string> = {
  0: 'goes on with the message before',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping: answer me',
  10: 'pong: the answer to a ping',
}

function frameHead(head: Buffer): Part[] {
  const parts: Part[] = []
  let at = 0
  while (at + 2 <= head.length) {
    const [first, second] = [head[at]!, head[at + 1]!]
    const isLast = first & 0x80 ? 'the last frame of its message' : 'more frames of this message follow'
    const compressed = first & 0x40 ? ', compressed' : ''
    parts.push({
      text: hex(head.subarray(at, at + 1)),
      meaning: `WebSocket frame: ${opcodes[first & 0x0f] ?? 'unknown'}${compressed}; ${isLast}`,
    })
    const short = second & 0x7f
    const lengthEnd = at + 2 + (short === 127 ? 8 : short === 126 ? 2 : 0)
    const length =
      short === 127 ? Number(head.readBigUInt64BE(at + 2)) : short === 126 ? head.readUInt16BE(at + 2) : short
    const masked = second & 0x80 ? 'masked, as all that guests send; ' : ''
    parts.push({
      text: hex(head.subarray(at + 1, lengthEnd)),
      meaning: `${masked}${bytesInWords(length)} follow`,
    })
    at = lengthEnd
    if (!masked) continue
    parts.push({
      text: hex(head.subarray(at, at + 4)),
      meaning: 'the mask: on the wire each byte after it is mixed with one of these; below it is undone',
    })
    at += 4
  }
  return parts
}

function closePart(body: Buffer): Part[] {
  if (body.length < 2) return []
  const code: Part = {
    text: hex(body.subarray(0, 2)),
    meaning: `the reason as a number: ${body.readUInt16BE(0)}`,
  }
  const reason = body.toString('utf8', 2)
  return reason ? [code, { text: reason, meaning: 'the reason in words' }] : [code]
}

/* ---- Engine.IO packets (protocol 4) and Socket.IO packets (protocol 5) ---- */

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

function packetParts(packet: string): Part[] {
  const [, engine = '', rest = ''] = /^(.)([^]*)$/.exec(packet) ?? []
  if (engine === 'b')
    return [
      { text: 'b', meaning: 'Engine.IO: binary, written as text' },
      { text: rest.slice(0, longestBody), meaning: 'the bytes in base64: four characters for three bytes' },
    ]
  const parts: Part[] = [
    { text: engine, meaning: `Engine.IO: ${enginePackets[Number(engine)] ?? 'unknown'}` },
  ]
  const found = engine === '4' && /^([0-6])(\d+-)?(\/[^,]*,?)?(\d+)?([^]*)$/.exec(rest)
  if (!found) {
    if (rest)
      parts.push({
        text: rest.slice(0, longestBody),
        meaning: rest === 'probe' ? 'a try: does this transport work?' : 'what it carries',
      })
    return parts
  }
  const [, type = '', attachments, namespace, id, data] = found
  parts.push({ text: type, meaning: `Socket.IO: ${socketPackets[Number(type)]}` })
  if (attachments)
    parts.push({ text: attachments, meaning: `so many attachments follow: ${parseInt(attachments, 10)}` })
  if (namespace)
    parts.push({ text: namespace, meaning: `the namespace ${plain(namespace.replace(/,$/, ''))}` })
  if (id) {
    const answers = type === '3' || type === '6'
    parts.push({
      text: id,
      meaning: answers ? `the event that it answers: ${id}` : `the sender wants an answer, marked ${id}`,
    })
  }
  if (data)
    parts.push({ text: data.slice(0, longestBody), meaning: dataWords[Number(type)] ?? 'what it carries' })
  return parts
}

const dataWords = [
  'what the connection begins with, as JSON',
  undefined,
  "the event's name and its arguments, as JSON",
  'the values of the answer, as JSON',
  'why not, as JSON',
  "the event's name and its arguments, as JSON; a placeholder stands where an attachment belongs",
  'the values of the answer, as JSON; a placeholder stands where an attachment belongs',
]

function hex(bytes: Buffer): string {
  return bytes
    .subarray(0, 512)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')
}
