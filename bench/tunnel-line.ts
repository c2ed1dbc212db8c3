import { rowOf } from './findings.ts'
import type { Result } from './result.ts'
import { intervalOf, type TransportName } from './transports.ts'

/** A class that uses the chat over somebody's tunnel. */
export const lesson = { guests: 30, messagesPerMinute: 60 }

/** The tunnel's free plan, as its pages said in November 2026: what may go through in a month. */
export const freePlan = { requests: 20_000, bytesOut: 1_000_000_000 }

/**
 * How long {@link lesson} could go on, from what the bench has counted for ten guests.
 *
 * @returns minutes; undefined when the silence of this transport was not measured
 */
export function minutesOnTunnel(result: Result, transport: TransportName): number | undefined {
  const { guests, messagesPerMinute } = lesson
  const idle = rowOf(result, 'idle', transport)
  const talk = rowOf(result, 'talk', transport, { messagesPerSecond: 10 })
  if (!idle || !talk) return undefined
  const heard = guests * messagesPerMinute
  const requests =
    idle.figures.requests.median * guests + requestsForMessages(transport, guests, messagesPerMinute)
  // What asks by the clock asks anyway; of its bytes while people talk, the questions are counted in the silence.
  const bytes =
    idle.figures.bytesDown.median * guests +
    (intervalOf(transport) ? 60 : talk.figures.bytesDown.median) * heard
  return Math.min(freePlan.requests / Math.max(requests, 1e-9), freePlan.bytesOut / bytes)
}

function requestsForMessages(transport: TransportName, guests: number, messages: number): number {
  if (transport === 'websocket' || transport === 'upgrade') return 0
  return transport === 'polling' ? messages * (1 + guests) : messages // one POST each, and a poll for each who hears it
}
