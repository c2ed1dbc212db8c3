import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { escaped } from '#shared/serve/html'
import { type Bar, barChart, type Line, lineChart } from './charts.ts'
import { floorOf, headline, rowOf, troubles } from './findings.ts'
import type { Result, Row } from './result.ts'
import { surprises } from './surprises.ts'
import { isTransport, transports } from './transports.ts'
import { freePlan, lesson, minutesOnTunnel } from './tunnel-line.ts'
import { inWholes, inWords } from './numbers.ts'

const names = Object.keys(transports).filter(isTransport)

/** The result as a page of its own: style and charts are in it, and it asks for nothing. */
export async function reportOf(result: Result): Promise<string> {
  const style = await readFile(join(import.meta.dirname, 'report.css'), 'utf8')
  const { machine } = result
  const title = 'WebSocket against polling, measured'
  const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`)
  const sections = [
    bytesSection(result),
    requestsSection(result),
    latencySection(result, 0),
    latencySection(result, 200),
    sizeSection(result),
    burstSection(result),
    idleSection(result),
    tunnelSection(result),
    surprisesSection(result),
    tableSection(result),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="quiet">${escaped(`${result.at.slice(0, 16).replace('T', ' ')} UTC · ${result.command}`)}${result.complete ? '' : ' · ended early'}</p>
${troubles(result)
  .map((trouble) => `<p class="trouble">${escaped(trouble)}</p>`)
  .join('\n')}
${headline(result)
  .map((line) => `<p class="headline">${escaped(line)}</p>`)
  .join('\n')}
${sections.join('\n')}
<section>
<h2>Where, and how</h2>
<p>${escaped(`${machine.processor}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}. Node ${machine.node}; ${packages.join(', ')}.`)}</p>
<p>Guests live in a process of their own and send ${result.headers === 'browser' ? 'what a browser sends, over connections that stay open' : 'what a Node client sends by itself'}. The server is ${result.url ? escaped(result.url) : 'a step of the course'}; between them stands the wire, which counts every byte of TCP payload. IP and TCP headers (52 bytes a packet) and TLS (22 bytes a record) are computed from it. A figure is the median of its rounds, a dark line across a bar reaches from the lowest to the highest.</p>
</section>
</main>
</body>
</html>
`
}

function section(title: string, words: string, content: string): string {
  return `<section>\n<h2>${escaped(title)}</h2>\n<p class="quiet">${escaped(words)}</p>\n${content}\n</section>`
}

function talking(result: Result, roundTripMs = 0): Row[] {
  return names.flatMap((name) => rowOf(result, 'talk', name, { messagesPerSecond: 10, roundTripMs }) ?? [])
}

function bar(row: Row, more: Omit<Bar, 'label' | 'kind'>): Bar {
  const { short, colour } = transports[row.transport]
  return { label: short, kind: colour, ...more }
}

function bytesSection(result: Result): string {
  const rows = talking(result)
  const [first] = rows
  if (!first) return ''
  const bars = rows.map((row) => {
    const { bytes, bytesWithHeaders } = row.figures
    const text = `${inWords(bytes.median)} (${inWords(bytesWithHeaders.median)})`
    const more = bytesWithHeaders.median - bytes.median
    return bar(row, { value: bytes.median, more, min: bytes.min, max: bytes.max, text })
  })
  const floor = floorOf(first)
  return section(
    'Bytes for each message that reaches a guest',
    `Ten guests, ten messages a second of ${inWords(first.textBytes)} characters, everybody hears each. Strong: TCP payload. Pale: IP and TCP headers on top.`,
    barChart('Bytes for each delivery', bars, {
      value: floor,
      text: `the floor: ${inWords(floor)}, a bare frame for each`,
    }),
  )
}

function requestsSection(result: Result): string {
  const rows = talking(result)
  if (rows.length === 0) return ''
  const bars = rows.map((row) => {
    const { median, min, max } = row.figures.requests
    return bar(row, { value: median, min, max, text: inWords(median) })
  })
  return section(
    'HTTP requests for each message that reaches a guest',
    'Long-polling asks again after every answer. Plain polling asks by the clock, however much is said.',
    barChart('Requests for each delivery', bars),
  )
}

function latencySection(result: Result, roundTripMs: number): string {
  const rows = talking(result, roundTripMs)
  const lines = rows.flatMap((row): Line[] => {
    if (!row.latency) return []
    const points = row.latency.quantiles.map((ms, i) => ({ x: Math.max(1, ms), y: i * 5 }))
    return [
      {
        label: `${transports[row.transport].short}, ${inWords(row.latency.p50.median)}`,
        kind: transports[row.transport].colour,
        points,
      },
    ]
  })
  if (lines.length === 0) return ''
  const ticks = (
    roundTripMs === 0 ? [1, 3, 10, 30, 100, 300, 1_000, 2_000] : [100, 200, 300, 500, 1_000, 2_000]
  ).map((at) => ({ at, text: inWholes(at) }))
  const percents = [0, 25, 50, 75, 100].map((at) => ({ at, text: `${at} %` }))
  return section(
    roundTripMs === 0
      ? 'How long a message takes, on one machine'
      : `How long it takes at a round trip of ${roundTripMs} ms`,
    'So many of the deliveries had come after so long, from the moment when somebody spoke. Behind each name its median, ms.',
    lineChart(
      `Deliveries that had come after so many milliseconds, round trip ${roundTripMs} ms`,
      lines,
      { title: 'milliseconds, each mark a few times the one before', ticks, isLogarithmic: true },
      { title: '', ticks: percents },
    ),
  )
}

function sizeSection(result: Result): string {
  const counted = result.rows.filter(({ doing }) => doing === 'lockstep')
  const sizes = [...new Set(counted.map(({ guests }) => guests))].toSorted((one, other) => one - other)
  if (sizes.length < 2) return ''
  const most = Math.max(...counted.map((row) => row.figures.bytes.median * row.guests))
  const step = 10 ** Math.floor(Math.log10(most))
  const marks = Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step)
  const lines = names.flatMap((name): Line[] => {
    const points = sizes.flatMap((guests) => {
      const row = rowOf(result, 'lockstep', name, { guests })
      return row ? [{ x: guests, y: row.figures.bytes.median * guests }] : []
    })
    const { short, colour } = transports[name]
    // The upgraded connection is a WebSocket, and would cover its line.
    return points.length > 1 && name !== 'upgrade' ? [{ label: short, kind: colour, points }] : []
  })
  return section(
    'What one message costs a whole room',
    'Bytes to bring one message to everybody. Over long-polling it takes one request and one for each guest, so a room in which each guest talks as much as before costs the square of its guests.',
    lineChart(
      'Bytes a message, by guests in the room',
      lines,
      { title: 'guests in the room', ticks: sizes.map((at) => ({ at, text: String(at) })) },
      { title: 'KB', ticks: marks.map((at) => ({ at, text: inWholes(at / 1_000) })) },
    ),
  )
}

function burstSection(result: Result): string {
  const rows = names.flatMap((name) => rowOf(result, 'burst', name) ?? [])
  if (rows.length === 0) return ''
  const bars = rows.map((row) => {
    const { bytes, requests } = row.figures
    const text = `${inWords(bytes.median)}, ${inWords(requests.median)} requests`
    return bar(row, { value: bytes.median, min: bytes.min, max: bytes.max, text })
  })
  return section(
    'When polling is fine: fifty messages in one breath',
    'Bytes for each of them that reaches a guest. What waits at the server shares an answer.',
    barChart('Bytes for each delivery in a burst', bars),
  )
}

function idleSection(result: Result): string {
  const rows = names.flatMap((name) => rowOf(result, 'idle', name) ?? [])
  if (rows.length === 0) return ''
  const bars = rows.map((row) => {
    const { median, min, max } = row.figures.bytes
    return bar(row, { value: median, min, max, text: inWords(median) })
  })
  return section(
    'What silence costs',
    'Bytes a guest a minute while nobody says anything.',
    barChart('Bytes a guest a minute in silence', bars),
  )
}

function tunnelSection(result: Result): string {
  const lasting = names.flatMap((name) => {
    const minutes = minutesOnTunnel(result, name)
    return minutes === undefined ? [] : [{ name, minutes }]
  })
  if (lasting.length === 0) return ''
  const bars = lasting.map(({ name, minutes }): Bar => {
    const { short, colour } = transports[name]
    // A day stands for all that lasts longer, or the short bars could not be seen.
    const shown = Math.log10(Math.min(minutes, 24 * 60))
    return { label: short, kind: colour, value: Math.max(0, shown), text: durationOf(minutes) }
  })
  return section(
    'How long a class lasts on a tunnel’s free plan',
    `Computed from the counts above: ${lesson.guests} guests, each says ${lesson.messagesPerMinute / lesson.guests} messages a minute; ${inWholes(freePlan.requests)} requests and ${freePlan.bytesOut / 1e9} GB out a month. Each bar's length is a logarithm.`,
    barChart('Time on the free plan', bars),
  )
}

function durationOf(minutes: number): string {
  if (minutes < 90) return `${inWholes(minutes)} minutes`
  return minutes < 48 * 60 ? `${inWholes(minutes / 60)} hours` : `${inWholes(minutes / 60 / 24)} days`
}

function surprisesSection(result: Result): string {
  const list = surprises(result).map(({ saw, why }) => `<dt>${escaped(saw)}</dt><dd>${escaped(why)}</dd>`)
  if (list.length === 0) return ''
  return section('What one does not expect', 'And why it is so.', `<dl>${list.join('\n')}</dl>`)
}

function tableSection(result: Result): string {
  const heads = [
    '',
    'guests',
    'away, ms',
    'messages/s',
    'rounds',
    'per',
    'requests',
    'bytes',
    'of it payload',
    'server CPU %',
    'server MB',
    'lost',
    'twice',
  ]
  const rows = result.rows.map((row) => [
    `${transports[row.transport].short}, ${row.doing}`,
    String(row.guests),
    String(row.roundTripMs),
    String(row.messagesPerSecond),
    String(row.rounds),
    row.per,
    inWords(row.figures.requests.median),
    inWords(row.figures.bytes.median),
    inWords(row.figures.payload.median),
    row.figures.serverCpuPercent ? inWords(row.figures.serverCpuPercent.median) : '–',
    row.figures.serverMemoryMB ? inWords(row.figures.serverMemoryMB.median) : '–',
    String(row.lost),
    String(row.doubled),
  ])
  const cells = (tag: string, texts: string[]) =>
    `<tr>${texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`
  return section(
    'All that was counted',
    'Divided by what stands under “per”: a message that reached a guest, a guest, or a guest and minute.',
    `<details><summary>${rows.length} rows</summary><div class="scroll" tabindex="0" role="region" aria-label="All that was counted"><table>\n${cells('th', heads)}\n${rows.map((row) => cells('td', row)).join('\n')}\n</table></div></details>`,
  )
}
