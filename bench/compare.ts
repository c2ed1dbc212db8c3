import type { Figures, Result, Row } from './result.ts'
import { transports } from './transports.ts'
import { formatFigure } from './numbers.ts'

/** A figure that two results have for the same thing. */
export interface Difference {
  /** `WebSocket, talk, 10 guests, 10/s` */
  what: string
  figure: 'requests' | 'bytes' | 'p50 ms' | 'p95 ms' | 'server CPU %'
  before: number
  after: number
  /** 0.03 for 3 % more */
  change: number
  /** true for what is counted and has to agree, false for what the machine decides */
  isCount: boolean
}

/** Two counts of the same thing that lie further apart are not one and the same. */
export const maxApart = 0.03

/** All that both results have, in the order of the first. */
export function differences(before: Result, after: Result): Difference[] {
  return before.rows.flatMap((row) => {
    const other = after.rows.find((one) => nameOf(one) === nameOf(row))
    if (!other) return []
    const pairs: [Difference['figure'], number | undefined, number | undefined][] = [
      ['requests', row.figures.requests.median, other.figures.requests.median],
      ['bytes', row.figures.bytes.median, other.figures.bytes.median],
      ['p50 ms', row.latency?.p50.median, other.latency?.p50.median],
      ['p95 ms', row.latency?.p95.median, other.latency?.p95.median],
      ['server CPU %', row.latency ? cpuOf(row.figures) : undefined, cpuOf(other.figures)],
    ]
    return pairs.flatMap(([figure, one, two]): Difference[] => {
      if (one === undefined || two === undefined) return []
      const change = one === two ? 0 : (two - one) / Math.max(one, Number.EPSILON)
      const isCount = figure === 'requests' || figure === 'bytes'
      return [{ what: nameOf(row), figure, before: one, after: two, change, isCount }]
    })
  })
}

const cpuOf = ({ serverCpuPercent }: Figures) => serverCpuPercent?.median

/** What is the same thing in two results. */
function nameOf({ transport, doing, guests, roundTripMs, messagesPerSecond }: Row): string {
  const words = [transports[transport].short, doing, `${guests} guests`]
  if (messagesPerSecond > 0) words.push(`${messagesPerSecond}/s`)
  if (roundTripMs > 0) words.push(`${roundTripMs} ms away`)
  return words.join(', ')
}

/**
 * What has changed, for a terminal: counts that lie apart first, then what the machine decides, with how far it moved.
 *
 * @throws never; two results without a row in common say so
 */
export function comparison(before: Result, after: Result): string[] {
  const all = differences(before, after)
  if (all.length === 0) return ['These two results have no measurement in common.']
  const lines: string[] = []
  if (before.headers !== after.headers) {
    lines.push(
      `One had a ${before.headers} client's headers, the other a ${after.headers} client's: their bytes differ.`,
    )
  }
  // Who comes or goes, and what crosses a slow network, hangs on what meets what: it is told, and not judged.
  const counts = all.filter(({ isCount, what }) => isCount && isSteady(what))
  const apart = counts.filter(({ change }) => Math.abs(change) > maxApart)
  lines.push(
    `${counts.length} counts without delay: ${counts.length - apart.length} of them are within ${maxApart * 100} %, the furthest ${percent(furthest(counts))} apart.`,
    ...apart.map((one) => line({ ...one, what: `${one.what}: ${one.figure}` })),
  )
  for (const figure of ['p50 ms', 'p95 ms', 'server CPU %'] as const) {
    const some = all.filter((one) => one.figure === figure)
    if (some.length > 0) lines.push(`${figure}: up to ${percent(furthest(some))} apart.`, ...some.map(line))
  }
  return lines
}

/** Where counts have to agree: no delay, and nobody who comes or goes. */
export function isSteady(what: string): boolean {
  return !/, (connect|close),|ms away/.test(what)
}

function furthest(some: readonly Difference[]): number {
  return Math.max(0, ...some.map(({ change }) => Math.abs(change)))
}

function line({ what, before, after, change }: Difference): string {
  return `  ${what.padEnd(49)} ${formatFigure(before).padStart(7)} → ${formatFigure(after).padStart(7)}  ${signed(change)}`
}

const percent = (change: number) => `${(change * 100).toFixed(1)} %`
const signed = (change: number) => `${change < 0 ? '' : '+'}${percent(change)}`
