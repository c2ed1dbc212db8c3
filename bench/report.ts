import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Html, html, type Value } from '#shared/serve/html'
import { type Axis, type Bar, barList, type Line, lineChart } from './charts.ts'
import { type Column, figureColumn } from './columns.ts'
import { floorOf, headline, rowOf, rowsOf, surprises, troubles } from './findings.ts'
import type { Result, Row } from './result.ts'
import { transportNames, transports } from './transports.ts'
import { freePlan, lesson, minutesOnTunnel } from './tunnel-line.ts'
import { formatFigure, formatMinutes, formatWhole } from './numbers.ts'

/** The result as a page of its own: style and charts are in it, and it asks for nothing. */
export async function reportOf(result: Result): Promise<string> {
  const sheets = ['../static/tokens.css', 'report.css']
  const style = await Promise.all(sheets.map((file) => readFile(join(import.meta.dirname, file), 'utf8')))
  const title = 'WebSocket against polling, measured'
  const typed = `${result.at.slice(0, 16).replace('T', ' ')} UTC · ${result.command}`
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
    methodSection(result),
  ]
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
${new Html(style.join(''))}</style>
</head>
<body id="top">
<main>
<h1>${title}</h1>
<p class="quiet">${typed}${!result.complete && ' · ended early'}</p>
${guessSection(result)}<div id="measured">
${troubles(result).map((trouble) => html`<p class="trouble">${trouble}</p>\n`)}
${headline(result).map((line) => html`<p class="headline">${line}</p>\n`)}
${sections}<p><a href="#top">Back to the guess</a></p>
</div>
</main>
</body>
</html>
`.toString()
}

const guessed = ['polling', 'plain-500'] as const

/**
 * Asks first, and shows afterwards: a bar to draw for each way, and below it the measured one, on the same scale. No script:
 * the page is opened as a file, and in the classroom, which allows none. A browser without :has() shows all at once.
 */
function guessSection(result: Result): Value {
  const [webSocket, ...others] = ['websocket' as const, ...guessed].map((name) =>
    rowOf(result, 'talk', name, { messagesPerSecond: 10 }),
  )
  if (!webSocket || others.some((row) => !row)) return undefined
  const times = (row: Row) => row.figures.bytes.median / webSocket.figures.bytes.median
  const found = others.flatMap((row) => (row ? [{ ...transports[row.transport], factor: times(row) }] : []))
  const most = Math.max(30, 10 * Math.ceil(Math.max(...found.map(({ factor }) => factor)) / 10))
  const marks = Array.from({ length: most / 10 + 1 }, (_, i) => html`<span>${i * 10} ×</span>`)
  const asked = found.map(
    ({ title, short, colour, factor }, i) =>
      html`<div class="guess ${colour}"><label for="guess-${i}">${title}</label>
        <input type="range" id="guess-${i}" min="0" max="${most}" step="0.5" value="1">
        <div class="answer"><i class="bar" style="width: ${((100 * factor) / most).toFixed(2)}%"></i></div>
        <p class="answer factor"><b>${formatFigure(factor)} ×</b> the bytes, over ${short}</p></div>\n`,
  )
  return html`<section id="guess">
<h2>Your guess first</h2>
<p>Ten guests chat. A message that reaches one of them costs so many bytes over WebSocket: call that 1 ×. How many times that does it
take by the other ways? Draw each bar to where you expect it.</p>
${asked}<div class="marks" aria-hidden="true">${marks}</div>
<p><input type="checkbox" id="see"> <label for="see">Show what was measured</label></p>
</section>
`
}

function section(title: string, words: string, content: Value): Html {
  return html`<section>\n<h2>${title}</h2>\n<p class="quiet">${words}</p>\n${content}\n</section>\n`
}

function talking(result: Result, roundTripMs = 0): Row[] {
  return rowsOf(result, 'talk', { messagesPerSecond: 10, roundTripMs })
}

/** A bar of one of the row's figures; behind it, what it says. */
function barOf({ transport, figures }: Row, name: 'bytes' | 'requests', text: string): Bar {
  const { short, colour } = transports[transport]
  const { median, min, max } = figures[name]
  return { label: short, kind: colour, value: median, min, max, text }
}

function bytesSection(result: Result): Value {
  const rows = talking(result)
  const [first] = rows
  if (!first) return undefined
  const bars = rows.map((row) => {
    const { bytes, bytesWithHeaders } = row.figures
    const text = `${formatFigure(bytes.median)} (${formatFigure(bytesWithHeaders.median)})`
    return { ...barOf(row, 'bytes', text), more: bytesWithHeaders.median - bytes.median }
  })
  const floor = floorOf(first)
  return section(
    'Bytes for each message that reaches a guest',
    `Ten guests, ten messages a second of ${formatFigure(first.textBytes)} characters, everybody hears each. Strong: TCP payload. Pale: IP and TCP headers on top.`,
    barList('Bytes for each delivery', bars, {
      value: floor,
      text: `the floor: ${formatFigure(floor)}, a bare frame for each`,
    }),
  )
}

function requestsSection(result: Result): Value {
  const rows = talking(result)
  if (rows.length === 0) return undefined
  const bars = rows.map((row) => barOf(row, 'requests', formatFigure(row.figures.requests.median)))
  return section(
    'HTTP requests for each message that reaches a guest',
    'Long-polling asks again after every answer. Plain polling asks by the clock, however much is said.',
    barList('Requests for each delivery', bars),
  )
}

/** Lines that keep their size: on a phone they are moved sideways. */
function chart(title: string, lines: Line[], horizontal: Axis, vertical: Axis): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}">${lineChart(title, lines, horizontal, vertical)}</div>`
}

/** The marks of the axis, ms. */
const ticksHere = [1, 3, 10, 30, 100, 300, 1_000, 2_000]
const ticksFarAway = [100, 200, 300, 500, 1_000, 2_000]

function latencySection(result: Result, roundTripMs: number): Value {
  const lines = talking(result, roundTripMs).flatMap(({ transport, latency }): Line[] => {
    if (!latency) return []
    const { short, colour } = transports[transport]
    const points = latency.quantiles.map((ms, i) => ({ x: Math.max(1, ms), y: i * 5 }))
    const marked = points.find(({ y }) => y === 50)
    return [{ label: `${short}, ${formatFigure(latency.p50.median)} ms`, kind: colour, points, marked }]
  })
  if (lines.length === 0) return undefined
  const isHere = roundTripMs === 0
  const ticks = (isHere ? ticksHere : ticksFarAway).map((at) => ({ at, text: formatWhole(at) }))
  const percents = [0, 25, 50, 75, 100].map((at) => ({ at, text: `${at} %` }))
  return section(
    isHere
      ? 'How long a message takes, on one machine'
      : `How long it takes at a round trip of ${roundTripMs} ms`,
    'So many of the deliveries had come after so long, from the moment when somebody spoke. The dot is the median: half had come by then.',
    chart(
      `Deliveries that had come after so many milliseconds, round trip ${roundTripMs} ms`,
      lines,
      { title: 'milliseconds, each mark a few times the one before', ticks, isLogarithmic: true },
      { title: '', ticks: percents },
    ),
  )
}

function sizeSection(result: Result): Value {
  const counted = result.rows.filter(({ doing }) => doing === 'lockstep')
  const sizes = [...new Set(counted.map(({ guests }) => guests))].toSorted((one, other) => one - other)
  if (sizes.length < 2) return undefined
  const maxBytes = Math.max(...counted.map((row) => row.figures.bytes.median * row.guests))
  const step = 10 ** Math.floor(Math.log10(maxBytes))
  const marks = Array.from({ length: Math.ceil(maxBytes / step) + 1 }, (_, i) => i * step)
  const lines = transportNames.flatMap((name): Line[] => {
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
    chart(
      'Bytes a message, by guests in the room',
      lines,
      { title: 'guests in the room', ticks: sizes.map((at) => ({ at, text: String(at) })) },
      { title: 'KB', ticks: marks.map((at) => ({ at, text: formatWhole(at / 1_000) })) },
    ),
  )
}

function burstSection(result: Result): Value {
  const rows = rowsOf(result, 'burst')
  if (rows.length === 0) return undefined
  const bars = rows.map((row) => {
    const { bytes, requests } = row.figures
    return barOf(row, 'bytes', `${formatFigure(bytes.median)}, ${formatFigure(requests.median)} requests`)
  })
  return section(
    'When polling is fine: fifty messages in one breath',
    'Bytes for each of them that reaches a guest. What waits at the server shares an answer.',
    barList('Bytes for each delivery in a burst', bars),
  )
}

function idleSection(result: Result): Value {
  const rows = rowsOf(result, 'idle')
  if (rows.length === 0) return undefined
  const bars = rows.map((row) => barOf(row, 'bytes', formatFigure(row.figures.bytes.median)))
  return section(
    'What silence costs',
    'Bytes a guest a minute while nobody says anything.',
    barList('Bytes a guest a minute in silence', bars),
  )
}

function tunnelSection(result: Result): Value {
  const rows = transportNames.flatMap((name) => {
    const minutes = minutesOnTunnel(result, name)
    return minutes === undefined ? [] : [{ ...transports[name], minutes }]
  })
  if (rows.length === 0) return undefined
  // From minutes to months: bars would be all or nothing.
  const lasting = rows.map(
    ({ short, colour, minutes }) =>
      html`<li class="${colour}"><span>${short}</span><b class="long">${formatMinutes(minutes)}</b></li>\n`,
  )
  return section(
    'How long a class lasts on a tunnel’s free plan',
    `Computed from the counts above: ${lesson.guests} guests, each says ${lesson.messagesPerMinute / lesson.guests} messages a minute; ${formatWhole(freePlan.requests)} requests and ${freePlan.bytesOut / 1e9} GB out a month.`,
    html`<ul class="bars">${lasting}</ul>`,
  )
}

function surprisesSection(result: Result): Value {
  const list = surprises(result).map(({ saw, why }) => html`<dt>${saw}</dt><dd>${why}</dd>\n`)
  return list.length > 0 && section('What one does not expect', 'And why it is so.', html`<dl>${list}</dl>`)
}

const columns: Column<Row>[] = [
  { title: '', cell: ({ transport, doing }) => `${transports[transport].short}, ${doing}` },
  { title: 'guests', cell: ({ guests }) => String(guests) },
  { title: 'away, ms', cell: ({ roundTripMs }) => String(roundTripMs) },
  { title: 'messages/s', cell: ({ messagesPerSecond }) => String(messagesPerSecond) },
  { title: 'rounds', cell: ({ rounds }) => String(rounds) },
  { title: 'per', cell: ({ per }) => per },
  figureColumn('requests', 'requests'),
  figureColumn('bytes', 'bytes'),
  figureColumn('of it payload', 'payload'),
  figureColumn('server CPU %', 'serverCpuPercent'),
  figureColumn('server MB', 'serverMemoryMB'),
  { title: 'lost', cell: ({ lost }) => String(lost) },
  { title: 'twice', cell: ({ doubled }) => String(doubled) },
]

function tableSection({ rows }: Result): Html {
  const title = 'All that was counted'
  const head = columns.map((column) => html`<th>${column.title}</th>`)
  const body = rows.map((row) => html`<tr>${columns.map(({ cell }) => html`<td>${cell(row)}</td>`)}</tr>\n`)
  return section(
    title,
    'Divided by what stands under “per”: a message that reached a guest, a guest, or a guest and minute.',
    html`<details><summary>${rows.length} rows</summary><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<tr>${head}</tr>
${body}</table></div></details>`,
  )
}

function methodSection({ machine, headers, url }: Result): Html {
  const { processor, cores, memoryGB, system, node, packages } = machine
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
  const sent =
    headers === 'browser'
      ? 'what a browser sends, over connections that stay open'
      : 'what a Node client sends by itself'
  return html`<section>
<h2>Where, and how</h2>
<p>${processor}, ${cores} cores, ${memoryGB} GB, ${system}. Node ${node}; ${versions.join(', ')}.</p>
<p>Guests live in a process of their own and send ${sent}. The server is ${url ?? 'a step of the course'}; between them stands the wire, which counts every byte of TCP payload. IP and TCP headers (52 bytes a packet) and TLS (22 bytes a record) are computed from it. A figure is the median of its rounds, a dark line across a bar reaches from the lowest to the highest.</p>
</section>
`
}
