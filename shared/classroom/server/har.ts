import type { Entry, Har, Header } from 'har-format'
import { type Head, HttpReader } from '../../wire/http.ts'
import type { WireRecord } from '../../wire/record.ts'

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
 */
export function toHar(records: readonly WireRecord[]): Har {
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
      const message = messageOf(record)
      if (message) upgraded.get(connection)?.messages.push(message)
    }
  }
  return {
    log: {
      version: '1.2',
      creator: { name: 'On the Wire', version: '1' },
      entries: [...exchanges.values()].map(toEntry),
    },
  }
}

function toEntry({ request, answer, messages }: Exchange): WireEntry {
  const asked = headOf(request)
  const url = new URL(asked?.url ?? '/', `http://${valueOf(asked, 'host') || 'localhost'}`)
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
      headers: headersOf(asked),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      headersSize: request.head.length,
      bodySize: request.bytes - request.head.length,
      ...(request.body.length > 0 && { postData: { mimeType, text: request.body.toString() } }),
    },
    response: answer ? responseOf(answer) : noAnswer,
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

function responseOf(answer: WireRecord): Entry['response'] {
  const head = headOf(answer)
  const text = answer.body.toString()
  const isText = !text.includes('�')
  return {
    status: head?.status ?? 0,
    statusText: head?.reason ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headersOf(head),
    content: {
      size: answer.body.length,
      mimeType: valueOf(head, 'content-type') || 'x-unknown',
      text: isText ? text : answer.body.toString('base64'),
      ...(!isText && { encoding: 'base64' }),
    },
    redirectURL: valueOf(head, 'location'),
    headersSize: answer.head.length,
    bodySize: answer.bytes - answer.head.length,
  }
}

/** A WebSocket message that can be read; pings, and what is compressed, are left out, as Chromium does. */
function messageOf({
  transport,
  direction,
  head,
  body,
  at,
  within,
}: WireRecord): WebSocketMessage | undefined {
  if (transport !== 'websocket' || within !== undefined || head.length === 0) return undefined
  const opcode = (head[0] ?? 0) & 0x0f
  const isCompressed = ((head[0] ?? 0) & 0x40) !== 0
  if (isCompressed || (opcode !== 1 && opcode !== 2)) return undefined
  return {
    type: direction === 'up' ? 'send' : 'receive',
    time: at / 1_000,
    opcode,
    data: body.toString(opcode === 1 ? 'utf8' : 'base64'),
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

function headersOf(head: Head | undefined): Header[] {
  return (head?.headers ?? []).map(([name, value]) => ({ name, value }))
}

function valueOf(head: Head | undefined, name: string): string {
  return head?.headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? ''
}
