import { type Head, header } from './http.ts'
import type { Transport, WireRecord } from './record.ts'
import type { Session } from './socketio.ts'
import type { Meter } from './meter.ts'
import type { PollWatch } from './polls.ts'
import type { NewRecord } from './record-log.ts'

/** A request, and the answer that it waits for. */
export interface Exchange {
  readonly id: number
  readonly method: string
  /** `websocket` for the request that asks for it */
  readonly transport: Transport
  /** an Engine.IO session, when the address says that it is one */
  readonly session: Session | undefined
  /** true when its answer is a list of packets: a polling GET */
  readonly isPoll: boolean
  /** to be called when its answer has come, or cannot come any more */
  readonly answered: () => void
}

/** @param head a request's */
export function exchangeOf(head: Head, context: DecoderContext): Exchange {
  const query = new URLSearchParams(head.url.split('?')[1])
  const transport = transportOf(head, query)
  const isPoll = transport === 'polling' && head.method === 'GET'
  const browser = `${header(head, 'user-agent')} ${header(head, 'host')}`
  return {
    id: context.nextExchange(),
    method: head.method,
    transport,
    session: sessionOf(query, context),
    isPoll,
    answered: isPoll ? context.polls.open(browser) : () => {},
  }
}

function transportOf(head: Head, query: URLSearchParams): Transport {
  if (head.upgrade && /\bwebsocket\b/i.test(header(head, 'upgrade') ?? '')) return 'websocket'
  return query.has('EIO') && query.get('transport') === 'polling' ? 'polling' : 'http'
}

function sessionOf(query: URLSearchParams, context: DecoderContext): Session | undefined {
  if (query.get('EIO') !== '4') return undefined // Protocol 3 (Socket.IO 2) puts its packets together in another way.
  const sid = query.get('sid')
  return sid ? context.sessionOf(sid) : {}
}

/** What a decoder tells, and what it has to know of the other connections. */
export interface DecoderContext {
  meter: Meter
  /** Counts a record and hands it on. */
  emit(record: NewRecord): WireRecord
  polls: PollWatch
  /** the Engine.IO session with this id: one client, whatever connection it comes over */
  sessionOf(sid: string): Session
  /** the numbers that requests and their answers share */
  nextExchange(): number
}
