import { type Body, collectBody, type Head, header, httpReader } from './http.ts'
import type { Meter } from './meter.ts'
import type { PollWatch } from './polls.ts'
import type { Direction, Draft, Transport, WireRecord } from './record.ts'
import { meaningOf, packetsOf, parsed, payloadOf, type Session } from './socketio.ts'
import { closeInWords, closeOf, type FrameReader, frameReader, type WebSocketMessage } from './websocket.ts'
import { bytesInWords, countInWords, inWords, plain } from './format.ts'

/** Reads along with one TCP connection. It never throws: when it cannot read on, it says so once and only counts. */
export interface Decoder {
  /** The next bytes of a direction. They are read and not changed. */
  read(direction: Direction, bytes: Buffer): void
  /** This direction has ended. */
  end(direction: Direction): void
  /** Both have: nothing more comes. */
  close(): void
  readonly transport: Transport
  /**
   * The request that asks for WebSocket and has no answer yet: where it begins, in bytes of the direction up. And how
   * many requests before it have no answer yet either.
   */
  readonly upgrading: { readonly start: number; readonly before: number } | undefined
  /** where a request begins whose head has not ended yet, in bytes of the direction up */
  readonly headStart: number | undefined
}

export interface DecoderContext {
  meter: Meter
  emit(draft: Draft): WireRecord
  polls: PollWatch
  /** the Engine.IO session with this id: one guest, whatever connection it comes over */
  sessionOf(sid: string): Session
  /** the numbers that requests and their answers share */
  nextExchange(): number
}

/** A request, and the answer that it waits for. */
interface Exchange {
  id: number
  method: string
  transport: Transport
  /** an Engine.IO session, when the address says that it is one */
  session: Session | undefined
  /** true when its answer is a list of packets: a polling GET */
  isPoll: boolean
  wantsWebSocket: boolean
  wantsUpgrade: boolean
  start: number
  /** to be called when its answer has come */
  answered: () => void
}

const mostOutstanding = 1_000 // requests that wait for their answer
const mostAhead = 64 * 1024 // bytes that a guest may send before an upgrade is granted
const wholeBody = 4 * 1024 * 1024 // of what is to be understood
const shownBody = 16 * 1024 // of what is only shown

export function decoder(context: DecoderContext): Decoder {
  const { meter, emit, polls } = context
  let mode: 'http' | 'websocket' | 'other' = 'http'
  let reading = true // false once the decoder has given up
  let heardHttp = false
  const outstanding: Exchange[] = []
  const carried = new Set<Transport>()

  /* ---- which transport the bytes belong to ---- */

  const seen = { up: 0, down: 0 } // bytes that have come
  const settled = { up: 0, down: 0 } // of these, bytes whose transport is certain
  const guessed: { [direction in Direction]: { transport: Transport; bytes: number } } = {
    up: { transport: 'other', bytes: 0 },
    down: { transport: 'other', bytes: 0 },
  }

  /** Bytes are counted at once, by a guess, and moved when the head has told: totals are exact at any time. */
  function guess(direction: Direction, transport: Transport) {
    takeBackGuess(direction)
    guessed[direction] = { transport, bytes: seen[direction] - settled[direction] }
    meter.bytes(direction, transport, guessed[direction].bytes)
  }

  function takeBackGuess(direction: Direction) {
    const { transport, bytes } = guessed[direction]
    if (bytes > 0) meter.bytes(direction, transport, -bytes)
    guessed[direction].bytes = 0
  }

  function settle(direction: Direction, until: number, transport: Transport) {
    takeBackGuess(direction)
    if (until > settled[direction]) {
      meter.bytes(direction, transport, until - settled[direction])
      settled[direction] = until
      if (!carried.has(transport)) meter.connection(transport)
      carried.add(transport)
    }
    guess(direction, transport)
  }

  /* ---- HTTP, both ways ---- */

  let upHead: Head | undefined
  let upExchange: Exchange | undefined
  let upBody = collectBody(0)
  let upStart = 0
  let upgrading: Exchange | undefined
  let ahead: Buffer[] = [] // what a guest sends between its request for an upgrade and the answer
  let aheadBytes = 0

  const requests = httpReader('REQUEST', {
    head(head) {
      heardHttp = true
      const exchange = exchangeOf(head)
      meter.request(exchange.transport)
      outstanding.push(exchange)
      if (outstanding.length > mostOutstanding)
        throw new Error(`${mostOutstanding} requests without an answer`)
      upHead = head
      upExchange = exchange
      upBody = collectBody(mostOf(head, exchange))
      if (exchange.wantsUpgrade) upgrading = exchange
      return undefined
    },
    body: (piece) => upBody.add(piece),
    message(end) {
      if (!upHead || !upExchange) return
      tellRequest(upHead, upBody.take(upHead), upExchange, end - upStart)
      settle('up', end, upExchange.transport)
      upStart = end
      upHead = undefined
      upExchange = undefined
    },
  })

  function exchangeOf(head: Head): Exchange {
    const query = new URLSearchParams(head.url.split('?')[1])
    const wantsWebSocket = head.upgrade && /\bwebsocket\b/i.test(header(head, 'upgrade') ?? '')
    const isPolling = query.has('EIO') && query.get('transport') === 'polling'
    const sid = query.get('sid')
    const isPoll = isPolling && head.method === 'GET'
    return {
      id: context.nextExchange(),
      method: head.method,
      transport: wantsWebSocket ? 'websocket' : isPolling ? 'polling' : 'http',
      // Protocol 3 (Socket.IO 2) puts its packets together in another way.
      session: query.get('EIO') === '4' ? (sid ? context.sessionOf(sid) : {}) : undefined,
      isPoll,
      wantsWebSocket,
      wantsUpgrade: head.upgrade,
      start: upStart,
      answered: isPoll ? polls.open(`${header(head, 'user-agent')} ${header(head, 'host')}`) : () => {},
    }
  }

  function tellRequest(head: Head, body: Body, exchange: Exchange, bytes: number) {
    const { session, transport, id } = exchange
    const isPolling = transport === 'polling'
    const text = isPolling && session && !body.shortened ? packetsOf(body.bytes.toString()) : undefined
    const payload = isPolling ? 0 : payloadOfBody(head, body)
    const record = emit({
      direction: 'up',
      transport,
      kind: 'http.request',
      bytes,
      payload,
      meaning: requestInWords(head, body, exchange, text?.packets.length),
      head: head.raw,
      body: body.bytes,
      shortened: body.shortened,
      exchange: id,
    })
    meter.payload('up', transport, payload)
    if (text && session) tellPackets('up', text, session, record)
  }

  let downHead: Head | undefined
  let downExchange: Exchange | undefined
  let downBody = collectBody(0)
  let downStart = 0
  let streaming = false

  const answers = httpReader('RESPONSE', {
    head(head) {
      heardHttp = true
      const isInterim = head.status < 200 && head.status !== 101 // 100 Continue, 103 Early Hints: the answer follows
      downExchange = isInterim ? outstanding[0] : outstanding.shift()
      downHead = head
      downBody = collectBody(mostOf(head, downExchange))
      streaming = header(head, 'content-type')?.startsWith('text/event-stream') === true
      if (streaming) tellAnswer(head, downBody.take(head), downExchange, head.raw.length)
      return downExchange?.method === 'HEAD' ? 'no body' : undefined
    },
    body(piece) {
      if (!streaming) return downBody.add(piece)
      emit({
        direction: 'down',
        transport: 'http',
        kind: 'http.stream',
        bytes: piece.length,
        meaning: `stream · ${plain(piece.toString().trim())}`,
        body: Buffer.from(piece),
        exchange: downExchange?.id,
      })
    },
    message(end) {
      if (!downHead) return
      const transport = downExchange?.transport ?? 'http'
      if (!streaming) tellAnswer(downHead, downBody.take(downHead), downExchange, end - downStart)
      settle('down', end, transport)
      downStart = end
      if (downHead.status >= 200 || downHead.status === 101) afterAnswer(downHead, downExchange)
      downHead = undefined
    },
  })

  function tellAnswer(head: Head, body: Body, exchange: Exchange | undefined, bytes: number) {
    const transport = exchange?.transport ?? 'http'
    const session = exchange?.isPoll && head.status === 200 ? exchange.session : undefined
    const text = session && !body.shortened ? packetsOf(body.bytes.toString()) : undefined
    const payload = transport === 'polling' ? 0 : payloadOfBody(head, body)
    const record = emit({
      direction: 'down',
      transport,
      kind: head.status === 101 ? 'http.upgrade' : 'http.response',
      bytes,
      payload,
      meaning: streaming
        ? `${statusInWords(head)} · a stream that stays open`
        : answerInWords(head, body, transport, text?.packets.length),
      head: head.raw,
      body: body.bytes,
      shortened: body.shortened,
      exchange: exchange?.id,
    })
    meter.payload('down', transport, payload)
    if (text && session) tellPackets('down', text, session, record)
  }

  function afterAnswer(head: Head, exchange: Exchange | undefined) {
    exchange?.answered()
    if (head.status === 101) meter.upgrade(exchange?.transport ?? 'http')
    if (!exchange || exchange !== upgrading) return
    upgrading = undefined
    if (head.status === 101 && exchange.wantsWebSocket) openWebSocket(exchange)
    else if (head.status === 101 || (exchange.method === 'CONNECT' && head.status < 300)) {
      throw new Error('it goes on in a protocol that the wire does not know')
    }
    const bytes = Buffer.concat(ahead)
    ahead = []
    aheadBytes = 0
    readUp(bytes)
  }

  function tellPackets(
    direction: Direction,
    { packets, whole }: { packets: string[]; whole: boolean },
    session: Session,
    within: WireRecord,
  ) {
    for (const packet of packets) {
      const { kind, meaning, payload } = meaningOf(packet, session, direction)
      const body = Buffer.from(packet)
      const { exchange } = within
      emit({
        direction,
        transport: 'polling',
        kind,
        bytes: body.length,
        payload,
        meaning,
        body,
        exchange,
        within: within.id,
      })
      meter.payload(direction, 'polling', payload)
    }
    if (whole) return
    emit({
      direction,
      transport: 'polling',
      kind: 'engine.unknown',
      bytes: 0,
      meaning: 'the rest of this body is no list of packets',
      within: within.id,
    })
  }

  /* ---- WebSocket, both ways ---- */

  let frames: { [direction in Direction]: FrameReader } | undefined

  function openWebSocket({ session, id }: Exchange) {
    mode = 'websocket'
    const hear = (direction: Direction) => (message: WebSocketMessage) => {
      const { bytes, head, shortened, data: body } = message
      const about = messageInWords(message, session, direction)
      emit({ direction, transport: 'websocket', bytes, head, body, shortened, exchange: id, ...about })
      meter.payload(direction, 'websocket', about.payload)
    }
    frames = { up: frameReader(true, hear('up')), down: frameReader(false, hear('down')) }
  }

  /* ---- what comes in ---- */

  function readUp(bytes: Buffer): void {
    if (bytes.length === 0 || !reading) return
    if (mode === 'websocket') return frames?.up.read(bytes)
    if (upgrading) {
      ahead.push(Buffer.from(bytes))
      aheadBytes += bytes.length
      if (aheadBytes > mostAhead) throw new Error('an upgrade that is not waited for')
      return
    }
    const read = requests.read(bytes)
    return readUp(bytes.subarray(read))
  }

  function readDown(bytes: Buffer): void {
    if (bytes.length === 0 || !reading) return
    if (mode === 'websocket') return frames?.down.read(bytes)
    const read = answers.read(bytes)
    return readDown(bytes.subarray(read))
  }

  function guarded(direction: Direction, work: () => void) {
    if (!reading) return
    try {
      work()
    } catch (error) {
      giveUp(direction, error instanceof Error ? error.message : String(error))
    }
  }

  function giveUp(direction: Direction, why: string) {
    if (!reading) return
    reading = false
    const wasWebSocket = mode === 'websocket'
    if (!wasWebSocket) mode = 'other'
    for (const exchange of outstanding) exchange.answered()
    outstanding.length = 0
    downExchange?.answered()
    upgrading = undefined
    ahead = []
    const what = heardHttp
      ? `the wire cannot read on (${plain(why)})`
      : 'a protocol that the wire does not know'
    emit({
      direction,
      transport: wasWebSocket ? 'websocket' : 'other',
      kind: 'wire.gaveUp',
      bytes: 0,
      meaning: `${what}: every byte is passed on and counted all the same`,
    })
  }

  function transportOf(direction: Direction): Transport {
    if (mode !== 'http') return mode
    if (direction === 'up' && upExchange) return upExchange.transport
    if (direction === 'down' && downHead) return downExchange?.transport ?? 'http'
    return heardHttp ? guessed[direction].transport : 'other'
  }

  return {
    read(direction, bytes) {
      seen[direction] += bytes.length
      guarded(direction, () => (direction === 'up' ? readUp(bytes) : readDown(bytes)))
      // A body that goes on for long belongs to a message whose head is known.
      const isCertain = mode !== 'http' || (direction === 'up' ? upHead : downHead)
      if (isCertain) settle(direction, seen[direction], transportOf(direction))
      else guess(direction, transportOf(direction))
    },
    end(direction) {
      if (mode === 'http') guarded(direction, () => (direction === 'up' ? requests : answers).end())
    },
    close() {
      for (const direction of ['up', 'down'] as const) {
        if (seen[direction] > settled[direction])
          settle(direction, seen[direction], guessed[direction].transport)
      }
      for (const exchange of outstanding) exchange.answered()
      downExchange?.answered()
      reading = false
    },
    get transport() {
      return transportOf('up')
    },
    get upgrading() {
      if (!upgrading?.wantsWebSocket) return undefined
      // One whose answer is on its way has left the queue.
      return { start: upgrading.start, before: outstanding.indexOf(upgrading) + (downHead ? 1 : 0) }
    },
    get headStart() {
      return reading && mode === 'http' && !upgrading ? requests.headStart : undefined
    },
  }
}

/** How much of a body is worth keeping: all of what is to be read, the beginning of what is only shown. */
function mostOf(head: Head, exchange: Exchange | undefined): number {
  const isText = /json|x-www-form-urlencoded/.test(header(head, 'content-type') ?? '')
  return exchange?.transport === 'polling' || isText || header(head, 'content-encoding')
    ? wholeBody
    : shownBody
}

function payloadOfBody(head: Head, { bytes, shortened }: Body): number {
  if (shortened) return 0
  const type = header(head, 'content-type') ?? ''
  if (type.includes('json')) return payloadOf(parsed(bytes.toString()))
  if (!type.includes('x-www-form-urlencoded')) return 0
  return payloadOf([...new URLSearchParams(bytes.toString()).values()])
}

function requestInWords(head: Head, body: Body, exchange: Exchange, packets?: number): string {
  const { method, url } = head
  const words = [`${method} ${plain(exchange.transport === 'polling' ? (url.split('?')[0] ?? url) : url)}`]
  if (exchange.wantsWebSocket) {
    words[0] = `${method} ${plain(url.split('?')[0] ?? url)}`
    words.push('asks to go on as WebSocket')
  } else if (exchange.isPoll) {
    words.push(/[?&]sid=/.test(url) ? 'polling · is there news?' : 'polling · opens a session')
  } else if (exchange.transport === 'polling') {
    words.push(packets === undefined ? 'polling' : `polling · ${countInWords(packets, 'packet')}`)
  } else if (body.length > 0) {
    words.push(bytesInWords(body.length), ...bodyInWords(head, body))
  }
  return words.join(' · ')
}

function statusInWords({ status, reason }: Head): string {
  return reason ? `${status} ${plain(reason)}` : String(status)
}

function answerInWords(head: Head, body: Body, transport: Transport, packets?: number): string {
  const words = [statusInWords(head)]
  if (head.status === 101) words.push('from here on it is WebSocket')
  else if (packets !== undefined) words.push(bytesInWords(body.length), countInWords(packets, 'packet'))
  // Engine.IO answers a POST with "ok", and a fault with JSON; it calls the former text/html.
  else if (transport === 'polling') words.push(bytesInWords(body.length), plain(body.bytes.toString()))
  else if (body.length > 0) words.push(bytesInWords(body.length), ...bodyInWords(head, body))
  return words.join(' · ')
}

/** A short body word for word, of a longer one what it is. */
function bodyInWords(head: Head, { bytes, shortened, length, unpacked }: Body): string[] {
  const type = header(head, 'content-type')?.split(';')[0]
  const coding = header(head, 'content-encoding')
  const isText = /json|text\/plain|x-www-form-urlencoded/.test(type ?? '')
  if (isText && !shortened && (unpacked || !coding)) return [plain(bytes.toString())]
  if (isText && length > 0 && shortened) return [`${plain(bytes.toString())}`]
  return [type && plain(type), coding && `compressed by ${plain(coding)}`].filter(
    (word) => word !== undefined,
  )
}

function messageInWords(message: WebSocketMessage, session: Session | undefined, direction: Direction) {
  const { type, data, fragments, compressed, shortened } = message
  const parts = fragments > 1 ? ` · in ${fragments} fragments` : ''
  if (type === 'close') {
    const { code, reason } = closeOf(data)
    const words = ['WebSocket close', `${code} ${closeInWords(code)}`, reason && plain(reason)].filter(
      Boolean,
    )
    return { kind: 'websocket.close', payload: 0, meaning: words.join(' · ') } as const
  }
  if (type === 'ping' || type === 'pong') {
    const more = data.length > 0 ? ` · ${plain(data.toString())}` : ''
    return { kind: `websocket.${type}`, payload: 0, meaning: `WebSocket ${type}${more}` } as const
  }
  if (compressed) {
    const meaning = `compressed · ${bytesInWords(data.length)} by permessage-deflate${parts}`
    return { kind: 'websocket.compressed', payload: 0, meaning } as const
  }
  if (shortened) {
    const meaning = `${type} · ${bytesInWords(message.bytes)}, too long to be read here${parts}`
    return { kind: `websocket.${type}`, payload: 0, meaning } as const
  }
  if (session) {
    const about = meaningOf(type === 'text' ? data.toString() : data, session, direction)
    return { ...about, meaning: about.meaning + parts }
  }
  const words = type === 'text' ? inWords(data.toString()) : bytesInWords(data.length)
  return { kind: `websocket.${type}`, payload: data.length, meaning: `${type} · ${words}${parts}` } as const
}
