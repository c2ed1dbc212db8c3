import type { DecoderContext } from './decoder-context.ts'
import { type Head, header } from './http-head.ts'
import type { Transport } from './record.ts'
import type { Session } from './session.ts'

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
