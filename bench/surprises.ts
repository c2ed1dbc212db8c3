import { idleBytesAMinute } from './formulas.ts'
import { rowOf } from './findings.ts'
import type { Result } from './result.ts'
import { formatFigure, formatWhole } from './numbers.ts'

/** What readers do not expect, and why it is so; only what this result shows. */
export function surprises(result: Result): { saw: string; why: string }[] {
  const found: { saw: string; why: string }[] = []
  const figure = (...words: Parameters<typeof rowOf>) => rowOf(...words)?.figures

  const [burstPolling, burstSocket] = (['polling', 'websocket'] as const).map((name) =>
    figure(result, 'burst', name),
  )
  if (burstPolling && burstSocket && burstPolling.bytes.median < burstSocket.bytes.median) {
    found.push({
      saw: `In a burst long-polling takes fewer bytes than WebSocket: ${formatFigure(burstPolling.bytes.median)} against ${formatFigure(burstSocket.bytes.median)}.`,
      why: 'What waits at the server shares one answer, so its headers are paid once, and Engine.IO zips every answer above 1,024 bytes for a guest who can unzip. Frames on a WebSocket stay as they are, unless the server asks for compression.',
    })
  }
  const here = figure(result, 'talk', 'polling', { messagesPerSecond: 10 })
  const far = figure(result, 'talk', 'polling', { roundTripMs: 200, messagesPerSecond: 10 })
  if (here && far && far.requests.median < here.requests.median) {
    found.push({
      saw: `Far away, long-polling needs fewer requests for each delivery: ${formatFigure(far.requests.median)} instead of ${formatFigure(here.requests.median)}.`,
      why: 'For one round trip after each answer a guest has no question open. What is said in that time waits, and comes together: fewer answers, each later.',
    })
  }
  const webSocket = rowOf(result, 'talk', 'websocket', { roundTripMs: 200, messagesPerSecond: 10 })?.latency
  const polling = rowOf(result, 'talk', 'polling', { roundTripMs: 200, messagesPerSecond: 10 })?.latency
  if (webSocket && polling && polling.p95.median > webSocket.p95.median) {
    found.push({
      saw: `At a round trip of 200 ms the slow twentieth takes ${formatWhole(polling.p95.median)} ms over long-polling, and ${formatWhole(webSocket.p95.median)} ms over WebSocket.`,
      why: 'A message that comes while the guest is asking again waits for that question to arrive, and then travels: up to one round trip more. Messages at even distances hide it.',
    })
  }
  const plain = figure(result, 'talk', 'plain-500', { messagesPerSecond: 10 })
  if (plain && here && plain.requests.median < here.requests.median) {
    found.push({
      saw: `Plain polling needs fewer requests than long-polling while ten people talk: ${formatFigure(plain.requests.median)} against ${formatFigure(here.requests.median)}.`,
      why: 'It asks by the clock, however much is said; long-polling asks once for every message and guest. In a busy room the clock is cheaper, and everybody waits half an interval for every message.',
    })
  }
  const [idlePlain, idleSocket] = (['plain-500', 'websocket'] as const).map((name) =>
    figure(result, 'idle', name),
  )
  if (idlePlain && idleSocket) {
    found.push({
      saw: `In silence plain polling takes ${formatWhole(idlePlain.bytes.median)} bytes a guest a minute, and a WebSocket ${formatFigure(idleSocket.bytes.median)}.`,
      why: `Each question without an answer costs its headers. The WebSocket's part is a ping and its pong every 25 seconds, ${formatFigure(idleBytesAMinute)} bytes.`,
    })
  }
  return found
}
