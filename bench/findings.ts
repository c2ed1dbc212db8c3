import { floorBytes, idleBytesAMinute, requestsOfPlainPolling } from './formulas.ts'
import type { Result, Row } from './result.ts'
import type { Condition } from './result-rows.ts'
import { intervalOf, type TransportName, transportNames, transports } from './transports.ts'
import { formatFigure, formatWhole } from './numbers.ts'

/** The row that says how something went; undefined when it was not measured. */
export function rowOf(
  result: Result,
  doing: Row['doing'],
  transport: TransportName,
  wanted: Partial<Condition> = {},
): Row | undefined {
  const { guests = 10, roundTripMs = 0, messagesPerSecond } = wanted
  return result.rows.find(
    (row) =>
      row.doing === doing &&
      row.transport === transport &&
      row.guests === guests &&
      row.roundTripMs === roundTripMs &&
      (messagesPerSecond ?? row.messagesPerSecond) === row.messagesPerSecond,
  )
}

/** The same of all transports that were measured, in their order. */
export function rowsOf(result: Result, doing: Row['doing'], wanted: Partial<Condition> = {}): Row[] {
  return transportNames.flatMap((transport) => rowOf(result, doing, transport, wanted) ?? [])
}

/** The least that a delivery can take with this row's messages, bytes: a frame down to each guest, a masked one up. */
export function floorOf({ textBytes, guests }: Row): number {
  return floorBytes(textBytes, guests)
}

/** What the clock alone says of plain polling: requests for each delivery; undefined for all others. */
export function requestsByTheClock({ transport, guests, messagesPerSecond }: Row): number | undefined {
  const intervalMs = intervalOf(transport)
  if (!intervalMs || messagesPerSecond === 0) return undefined
  return requestsOfPlainPolling(messagesPerSecond, guests, 1, intervalMs) / (messagesPerSecond * guests)
}

/** What went wrong, a sentence each; empty when every message reached everybody once, and the formulas hold. */
export function troubles({ rows }: Result): string[] {
  return rows.flatMap((row) => {
    const where = `${transports[row.transport].title}, ${row.doing}, ${row.guests} guests, ${row.roundTripMs} ms away`
    const found: string[] = []
    if (row.lost > 0) found.push(`${where}: ${row.lost} of ${row.lost + row.delivered} deliveries were lost`)
    if (row.doubled > 0) found.push(`${where}: ${row.doubled} messages came twice`)
    if (row.formula && formulaError(row.formula) > maxFormulaError) {
      const { predicted, counted } = row.formula
      found.push(
        `${where}: the formula says ${formatWhole(predicted.bytesUp)} bytes up, ${formatWhole(predicted.bytesDown)} down in ` +
          `${predicted.requests} requests, and there were ${formatWhole(counted.bytesUp)}, ${formatWhole(counted.bytesDown)} in ${counted.requests}`,
      )
    }
    return found
  })
}

/** A count this far from its formula is a mistake in one of them. */
export const maxFormulaError = 0.02

/** How far a count is from its formula, the field that is furthest: 0.01 for 1 %. */
export function formulaError({ predicted, counted }: NonNullable<Row['formula']>): number {
  const fields = ['requests', 'bytesUp', 'bytesDown'] as const
  const errors = fields.map(
    (field) => Math.abs(counted[field] - predicted[field]) / Math.max(1, predicted[field]),
  )
  return Math.max(...errors)
}

/** The result in a few honest sentences. */
export function headline(result: Result): string[] {
  const webSocket = rowOf(result, 'talk', 'websocket', { messagesPerSecond: 10 })
  const polling = rowOf(result, 'talk', 'polling', { messagesPerSecond: 10 })
  const lines: string[] = []
  if (webSocket && polling) {
    const times = (pick: (row: Row) => number) => formatFigure(pick(polling) / pick(webSocket))
    lines.push(
      `Ten guests who talk: a message that reaches a guest takes ${formatFigure(polling.figures.requests.median)} requests over ` +
        `long-polling, and none over WebSocket.`,
      `It takes ${times(({ figures }) => figures.bytes.median)} times the bytes as TCP payload, ` +
        `${times(({ figures }) => figures.bytesWithHeaders.median)} times with IP and TCP headers, ` +
        `${times(({ figures }) => figures.bytesUnderTls.median)} times under TLS.`,
    )
  }
  const bursts = [rowOf(result, 'burst', 'websocket'), rowOf(result, 'burst', 'polling')] as const
  if (bursts[0] && bursts[1]) {
    const [overWebSocket, overPolling] = bursts.map((row) => formatFigure(row?.figures.bytes.median ?? 0))
    lines.push(
      `But fifty messages in one breath share an answer, and it is zipped: ${overPolling} bytes each over long-polling, ` +
        `${overWebSocket} over WebSocket.`,
    )
  }
  const far = { roundTripMs: 200, messagesPerSecond: 10 }
  const [here, farAway] = [{ messagesPerSecond: 10 }, far].map((wanted) =>
    (['websocket', 'polling'] as const).map(
      (transport) => rowOf(result, 'talk', transport, wanted)?.latency?.p50.median,
    ),
  )
  if (here?.[0] && here[1] && farAway?.[0] && farAway[1]) {
    lines.push(
      `On one machine you hardly feel it: ${formatFigure(here[0])} ms against ${formatFigure(here[1])}. At a round trip of 200 ms you do: ` +
        `${formatWhole(farAway[0])} ms against ${formatWhole(farAway[1])}.`,
    )
  }
  return lines
}

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
