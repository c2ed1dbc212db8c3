import type { Entry, Har, Header } from 'har-format'
import { decodeText } from '../../wire/format.ts'
import { type Head, HttpReader } from '../../wire/http.ts'
import type { WireRecord } from '../../wire/record.ts'
import { asItIs, type Discretion, withoutSecrets } from './without-secrets.ts'

/** What Chromium adds to an entry of the format, and reads again: a WebSocket's messages. */
interface WebSocketMessage {
  readonly type: 'send' | 'receive'
  /** seconds since 1970 */
  readonly time: number
  /** 1 for text, 2 for binary: then `data` is base64 (RFC 6455 §5.2) */
  readonly opcode: number
  readonly data: string
}

interface WireEntry extends Entry {
  _resourceType?: 'websocket'
  _webSocketMessages?: WebSocketMessage[]
}

interface Exchange {
  request: WireRecord
  answer?: WireRecord
  messages: WebSocketMessage[]
}

/**
 * Records in the format that browsers' developer tools open: HTTP Archive 1.2, with WebSocket messages as Chromium
 * writes them. An answer without its request (the wire keeps the newest records only) is left out, and a body is as
 * long as the wire has kept it.
 *
 * @param records oldest first
 * @param secrets true keeps cookies, passwords and the like. An archive is made to be sent to somebody, so by default a
 *   word stands in their place
 */
export function toHar(records: readonly WireRecord[], { secrets = false } = {}): Har {
  const discretion = secrets ? asItIs : withoutSecrets
  const exchanges = new Map<number, Exchange>()
  const upgraded = new Map<number, Exchange>() // by connection
  for (const record of records) {
    const { kind, exchange: number = 0, connection } = record
    const exchange = exchanges.get(number)
    if (kind === 'http.request') exchanges.set(number, { request: record, messages: [] })
    else if (exchange && (kind === 'http.response' || kind === 'http.upgrade')) {
      exchange.answer = record
      if (kind === 'http.upgrade') upgraded.set(connection, exchange)
    } else {
      const message = messageOf(record, discretion)
      if (message) upgraded.get(connection)?.messages.push(message)
    }
  }
  return {
    log: {
      version: '1.2',
      creator: { name: 'On the Wire', version: '1' },
      ...(!secrets && { comment: 'Cookies, authorization and passwords are left out.' }),
      entries: [...exchanges.values()].map((exchange) => toEntry(exchange, discretion)),
    },
  }
}

function toEntry({ request, answer, messages }: Exchange, discretion: Discretion): WireEntry {
  const asked = headOf(request)
  const url = addressOf(asked)
  for (const [name, value] of url.searchParams) {
    const shown = discretion.field(name, value)
    if (shown !== value) url.searchParams.set(name, shown)
  }
  const mimeType = valueOf(asked, 'content-type')
  const wait = answer ? answer.at - request.at : 0
  const isWebSocket = answer?.kind === 'http.upgrade'
  return {
    startedDateTime: new Date(request.at).toISOString(),
    time: wait,
    connection: String(request.connection),
    request: {
      method: asked?.method ?? 'GET',
      url: isWebSocket ? url.href.replace(/^http/, 'ws') : url.href,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(asked, discretion),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      headersSize: request.head.length,
      bodySize: request.bytes - request.head.length,
      ...(request.body.length > 0 && {
        postData: { mimeType, text: discretion.text(request.body.toString(), mimeType) },
      }),
    },
    response: answer ? responseOf(answer, discretion) : noAnswer,
    cache: {},
    timings: { send: 0, wait, receive: 0 },
    ...(isWebSocket && { _resourceType: 'websocket', _webSocketMessages: messages }),
  }
}

/** What the format asks for where no answer came. */
const noAnswer: Entry['response'] = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
}

function responseOf(answer: WireRecord, discretion: Discretion): Entry['response'] {
  const head = headOf(answer)
  const text = decodeText(answer.body, answer.shortened)
  const mimeType = valueOf(head, 'content-type')
  return {
    status: head?.status ?? 0,
    statusText: head?.reason ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headersOf(head, discretion),
    content: {
      size: answer.body.length,
      mimeType: mimeType || 'x-unknown',
      ...(text === undefined
        ? { text: answer.body.toString('base64'), encoding: 'base64' }
        : { text: discretion.text(text, mimeType) }),
    },
    redirectURL: valueOf(head, 'location'),
    headersSize: answer.head.length,
    bodySize: answer.bytes - answer.head.length,
  }
}

/** A WebSocket message that can be read; pings, and what is compressed, are left out, as Chromium does. */
function messageOf(record: WireRecord, discretion: Discretion): WebSocketMessage | undefined {
  const { transport, direction, head, body, at, within } = record
  if (transport !== 'websocket' || within !== undefined || head.length === 0) return undefined
  const opcode = (head[0] ?? 0) & 0x0f
  const isCompressed = ((head[0] ?? 0) & 0x40) !== 0
  if (isCompressed || (opcode !== 1 && opcode !== 2)) return undefined
  return {
    type: direction === 'up' ? 'send' : 'receive',
    time: at / 1_000,
    opcode,
    data: opcode === 1 ? discretion.text(body.toString()) : body.toString('base64'),
  }
}

function headOf({ kind, head }: WireRecord): Head | undefined {
  let found: Head | undefined
  const reader = new HttpReader(kind === 'http.request' ? 'REQUEST' : 'RESPONSE', {
    head(read) {
      found = read
      return 'no body'
    },
    body: () => {},
    message: () => {},
  })
  reader.read(head)
  return found
}

/**
 * The address that was asked for. What a request names need not be a path (RFC 9112 §3.2), its Host need not be one, and
 * `//socket.io/` is a path: taken as a link, it would lead to a host of that name.
 */
function addressOf(asked: Head | undefined): URL {
  const url = (asked?.url ?? '/').replaceAll(/[\x80-\xff]/g, percentEncoded)
  if (/^https?:/.test(url) && URL.canParse(url)) return new URL(url)
  const host = `http://${valueOf(asked, 'host')}`
  const { origin } = new URL(URL.canParse(host) ? host : 'http://localhost')
  return new URL(origin + (url.startsWith('/') ? url : `/${url}`))
}

/** @param byte as a character, which is how a head holds it */
function percentEncoded(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase()}`
}

function headersOf(head: Head | undefined, discretion: Discretion): Header[] {
  return (head?.headers ?? []).map(([name, value]) => ({ name, value: discretion.header(name, value) }))
}

function valueOf(head: Head | undefined, name: string): string {
  return head?.headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? ''
}
