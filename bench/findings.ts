import { floorBytes, requestsOfPlainPolling } from './formulas.ts'
import type { Result, Row } from './result.ts'
import type { Condition } from './result-rows.ts'
import { intervalOf, transportNames, transports, type TransportName } from './transports.ts'
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
