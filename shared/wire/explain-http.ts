/** A part of a message, and what it is there for. The texts of all parts, one after the other, are the message. */
export interface Part {
  /** as it was on the wire; bytes that are no text stand as hex: `81 85` */
  readonly text: string
  readonly meaning: string
}

/** A text for one part, at most 2,000 characters of it. */
export function shortened(text: string): string {
  return text.slice(0, 2_000)
}

/** `81 85`; at most 512 bytes of it */
export function hex(bytes: Buffer): string {
  return bytes
    .subarray(0, 512)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')
}

/**
 * @param head as it was on the wire
 * @returns its parts in their order (RFC 9110, RFC 9112)
 */
export function explainHead(head: string): Part[] {
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.slice(0, -2).map((line) => ({
    text: `${line}\r\n`,
    meaning: headerNames[line.split(':')[0]!.toLowerCase()] ?? 'a header: more about the message',
  }))
  const end = lines.length >= 2 ? [{ text: '\r\n', meaning: 'an empty line: here the head ends' }] : []
  return [...explainFirstLine(first), ...headers, ...end]
}

function explainFirstLine(line: string): Part[] {
  const [, method, path = '', query = '', version = ''] =
    /^(\S+) (\S+?)(\?\S*)? (HTTP\/\d\.\d)$/.exec(line) ?? []
  if (method !== undefined) {
    return [
      { text: method, meaning: methods[method] ?? 'the method: what is to be done' },
      { text: ` ${path}`, meaning: 'the path: with which thing' },
      ...explainQuery(query),
      { text: ` ${version}\r\n`, meaning: 'the version of the protocol' },
    ]
  }
  const [, answered, status = '', reason = ''] = /^(HTTP\/\d\.\d) (\d{3})(.*)$/.exec(line) ?? []
  if (answered === undefined) return [{ text: `${line}\r\n`, meaning: 'the first line' }]
  return [
    { text: answered, meaning: 'the version of the protocol' },
    { text: ` ${status}`, meaning: statuses[status] ?? statusClasses[status[0]!] ?? 'the status' },
    { text: `${reason}\r\n`, meaning: 'the status again, for people' },
  ]
}

function explainQuery(query: string): Part[] {
  if (query === '') return []
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

const statusClasses: Record<string, string> = {
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

const headerNames: Record<string, string> = {
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
  'x-server': 'which of several servers has answered: nginx says so, as it has chosen',
  'x-powered-by': 'the framework that the server is made with',
}
