import { type Html, html } from '#shared/serve/html'
import { type Bar, barChart } from '../bench/charts.ts'
import { rowOf } from '../bench/findings.ts'
import { newestResult, readReference } from '../bench/newest.ts'
import type { Result, Row } from '../bench/result.ts'
import { isTransport, type TransportName, transports } from '../bench/transports.ts'
import { freePlan, lesson, minutesOnTunnel } from '../bench/tunnel-line.ts'
import { formatFigure, formatMinutes, formatWhole } from '../bench/numbers.ts'
import { BrokenSlide } from './broken-slide.ts'

const names = Object.keys(transports)
  .filter(isTransport)
  // The upgraded connection is a WebSocket: on a slide it would say the same twice.
  .filter((name) => name !== 'upgrade')

/** How a chart comes from a result. */
interface Chart {
  readonly title: string
  readonly bars: (result: Result) => Bar[]
}

const charts: Record<string, Chart> = {
  bytes: {
    title: 'Bytes for each message that reaches a guest; ten guests, ten messages a second',
    bars: (result) =>
      talking(result, 0, ({ figures }) => [figures.bytes.median, formatFigure(figures.bytes.median)]),
  },
  requests: {
    title: 'HTTP requests for each message that reaches a guest; ten guests, ten messages a second',
    bars: (result) =>
      talking(result, 0, ({ figures }) => [figures.requests.median, formatFigure(figures.requests.median)]),
  },
  far: {
    title: 'Milliseconds until a message is there, at a round trip of 200 ms; medians',
    bars: (result) =>
      talking(result, 200, ({ latency }) => {
        const ms = latency?.p50.median
        return ms === undefined ? undefined : [ms, `${formatWhole(ms)} ms`]
      }),
  },
  burst: {
    title: 'Fifty messages in one breath: bytes for each that reaches a guest',
    bars: (result) =>
      names.flatMap((name) => {
        const row = rowOf(result, 'burst', name)
        if (!row) return []
        const { bytes } = row.figures
        return [bar(name, bytes.median, formatFigure(bytes.median))]
      }),
  },
  tunnel: {
    title: `How long ${formatWhole(freePlan.requests)} requests and ${freePlan.bytesOut / 1e9} GB last a class of ${lesson.guests} (bars end at six hours)`,
    bars: (result) =>
      names.flatMap((name) => {
        const minutes = minutesOnTunnel(result, name)
        // Every bar at its length would hide all but the longest.
        return minutes === undefined
          ? []
          : [
              bar(
                name,
                Math.min(minutes, longestBar),
                formatMinutes(minutes) + (minutes > longestBar ? ' →' : ''),
              ),
            ]
      }),
  },
}

const longestBar = 6 * 60 // minutes

function talking(
  result: Result,
  roundTripMs: number,
  figure: (row: Row) => [value: number, text: string] | undefined,
): Bar[] {
  return names.flatMap((name) => {
    const row = rowOf(result, 'talk', name, { messagesPerSecond: 10, roundTripMs })
    const found = row && figure(row)
    return found ? [bar(name, ...found)] : []
  })
}

function bar(name: TransportName, value: number, text: string): Bar {
  const { short, colour } = transports[name]
  return { label: short, kind: colour, value, text }
}

/** For each chart the newest result that has its figures: `npm run bench -- --quick` does not measure all of them. */
export async function newestResults(dir?: string): Promise<(chart: string) => Result> {
  const reference = await readReference(dir)
  const found = await Promise.all(
    Object.entries(charts).map(async ([name, { bars }]) => {
      const result = await newestResult({ dir, with: (one) => bars(one).length > 0 })
      return [name, result] as const
    }),
  )
  const results = new Map(found)
  return (chart) => results.get(chart) ?? reference
}

/**
 * A result as a chart, with its bars in words for those who do not see it, and where the figures come from.
 *
 * @param name one of bytes, requests, far, burst, tunnel
 * @throws BrokenSlide when there is no such chart, or the result has no figures for it
 */
export function chartOf(name: string, resultFor: (chart: string) => Result): Html {
  const chart = Object.hasOwn(charts, name) ? charts[name] : undefined
  if (!chart)
    throw new BrokenSlide(`there is no chart “${name}”: there are ${Object.keys(charts).join(', ')}`)
  const result = resultFor(name)
  const bars = chart.bars(result)
  if (bars.length === 0)
    throw new BrokenSlide(`the bench of ${result.at} measured nothing for the chart “${name}”`)
  const description = bars.map(({ label, text }) => `${label} ${text}`).join(', ')
  return html`<figure class="chart">
    <figcaption>${chart.title}</figcaption>
    ${barChart(`${chart.title}: ${description}`, bars)}
    <p class="source">${sourceOf(result)}</p>
  </figure>`
}

function sourceOf({ at, command, machine }: Result): string {
  const day = new Date(at).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return `${command}, ${day}, ${machine.processor}, ${machine.cores} cores`
}
