import { paint } from '#shared/terminal/colour'
import { type Column, figureColumn, textTable } from './columns.ts'
import {
  floorOf,
  formulaError,
  headline,
  maxFormulaError,
  requestsByTheClock,
  rowsOf,
  troubles,
} from './findings.ts'
import { formatFigure, formatWhole } from './numbers.ts'
import type { Result, Row } from './result.ts'
import type { Condition } from './result-rows.ts'
import { transports } from './transports.ts'

const barWidth = 26

/** The result for a terminal: tables, bars, and what it comes to. */
export function tablesOf(result: Result): string[] {
  const idle = result.rows.filter(({ doing }) => doing === 'idle')
  return [
    ...conditionsOf(result).flatMap((talk) => ['', ...talkTable(rowsOf(result, 'talk', talk), talk)]),
    'Bytes are TCP payload, counted. “+ headers” (IP and TCP, 52 bytes a packet) and “TLS” (22 bytes a record) are computed.',
    'The floor: a bare WebSocket frame down to each guest, and one up.',
    'p50: half of the messages were faster, p95: 95 %. CPU: of one core, server / guests.',
    '',
    ...byteBars(
      'Bytes for each message that reaches a guest',
      rowsOf(result, 'talk', { messagesPerSecond: 10 }),
    ),
    '',
    ...lockstepTable(result.rows.filter(({ doing }) => doing === 'lockstep')),
    '',
    ...byteBars('Fifty messages in one breath, bytes each', rowsOf(result, 'burst')),
    ...(idle.length > 0 ? ['', ...byteBars('Nobody talks, bytes a guest a minute', idle)] : []),
    '',
    ...comingAndGoing(result),
    '',
    ...headline(result),
    ...troubles(result).map((trouble) => paint('red', trouble)),
  ]
}

function conditionsOf({ rows }: Result): Condition[] {
  const found = new Map<string, Condition>()
  for (const { doing, guests, roundTripMs, messagesPerSecond } of rows) {
    if (doing !== 'talk') continue
    const condition = { guests, roundTripMs, messagesPerSecond }
    found.set(JSON.stringify(condition), condition)
  }
  return [...found.values()]
}

const transportColumn: Column<Row> = {
  title: '',
  width: 14,
  cell: ({ transport }) => transports[transport].short,
}

function latencyColumn(name: 'p50' | 'p95' | 'p99'): Column<Row> {
  return {
    title: `${name} ms`,
    width: 8,
    cell: ({ latency }) => (latency ? formatFigure(latency[name].median) : '–'),
  }
}

/** What a message costs. Wide where two figures stand in one column. */
const costColumns: Column<Row>[] = [
  transportColumn,
  figureColumn('requests', 'requests', 9),
  figureColumn('bytes', 'bytes', 8),
  {
    title: 'min–max',
    width: 12,
    cell: ({ figures: { bytes } }) => `${formatFigure(bytes.min)}–${formatFigure(bytes.max)}`,
  },
  figureColumn('+ headers', 'bytesWithHeaders'),
  figureColumn('TLS', 'bytesUnderTls', 8),
]

/** How long it is on its way, and who works for it. */
const timeColumns: Column<Row>[] = [
  transportColumn,
  latencyColumn('p50'),
  latencyColumn('p95'),
  latencyColumn('p99'),
  {
    title: 'CPU %',
    width: 12,
    cell: ({ figures }) =>
      [figures.serverCpuPercent, figures.guestsCpuPercent]
        .map((percent) => (percent ? percent.median.toFixed(1) : '–'))
        .join(' / '),
  },
]

function talkTable(rows: Row[], { guests, roundTripMs, messagesPerSecond }: Condition): string[] {
  const away = roundTripMs === 0 ? 'on one machine' : `a round trip of ${roundTripMs} ms`
  const [first] = rows
  const floor = first ? [['the floor', '0', formatFigure(floorOf(first))]] : []
  return [
    `${guests} guests, ${messagesPerSecond} messages a second, ${away}.`,
    'For each message that reaches a guest:',
    ...textTable(costColumns, rows, floor),
    // A guest who is far away asks later again: the formula knows nothing of that.
    ...(roundTripMs === 0 ? byTheClock(rows) : []),
    ...textTable(timeColumns, rows),
  ]
}

function byTheClock(rows: Row[]): string[] {
  const told = rows.flatMap((row) => {
    const requests = requestsByTheClock(row)
    return requests === undefined ? [] : [`${transports[row.transport].short} ${formatFigure(requests)}`]
  })
  return told.length > 0 ? [`By the clock alone: ${told.join(', ')} requests.`] : []
}

/** Bytes for each delivery, as they were counted and as the formula has them. */
function bytesOf({ formula, figures, delivered }: Row): { counted: number; predicted?: number } {
  if (!formula) return { counted: figures.bytes.median }
  const each = ({ bytesUp, bytesDown }: typeof formula.counted) => (bytesUp + bytesDown) / delivered
  return { counted: each(formula.counted), predicted: each(formula.predicted) }
}

const lockstepColumns: Column<Row>[] = [
  transportColumn,
  { title: 'guests', cell: ({ guests }) => formatWhole(guests) },
  figureColumn('requests', 'requests'),
  { title: 'bytes', cell: (row) => formatFigure(bytesOf(row).counted) },
  {
    title: 'formula',
    cell(row) {
      const { predicted } = bytesOf(row)
      return predicted === undefined ? '–' : formatFigure(predicted)
    },
  },
  {
    title: 'off',
    cell({ formula }) {
      if (!formula) return '–'
      const off = formulaError(formula)
      if (off > maxFormulaError) return paint('red', `${(off * 100).toFixed(1)} %`)
      return `${(off * 100).toFixed(2)} %`
    },
  },
]

function lockstepTable(rows: Row[]): string[] {
  if (rows.length === 0) return []
  const sorted = rows.toSorted((one, other) => one.guests - other.guests)
  return ['One message at a time: the count beside its formula', ...textTable(lockstepColumns, sorted)]
}

function comingAndGoing({ rows }: Result): string[] {
  const tenHere = rows.filter(({ guests, roundTripMs }) => guests === 10 && roundTripMs === 0)
  const leaving = new Map(
    tenHere.filter(({ doing }) => doing === 'close').map((row) => [row.transport, row] as const),
  )
  const entering = tenHere.filter(({ doing, transport }) => doing === 'connect' && leaving.has(transport))
  if (entering.length === 0) return []
  const columns: Column<Row>[] = [
    transportColumn,
    figureColumn('requests', 'requests'),
    figureColumn('new conn.', 'connections'),
    figureColumn('bytes', 'bytes'),
    {
      title: 'to go',
      cell: ({ transport }) => formatFigure(leaving.get(transport)?.figures.bytes.median ?? 0),
    },
  ]
  return ['To come, and to go, for each of ten guests', ...textTable(columns, entering)]
}

function byteBars(title: string, rows: Row[]): string[] {
  if (rows.length === 0) return []
  const maxBytes = Math.max(...rows.map(({ figures }) => figures.bytes.median))
  const [, ...lines] = textTable([transportColumn, figureColumn('', 'bytes')], rows)
  return [title, ...rows.map(({ figures }, i) => `${lines[i]}  ${bar(figures.bytes.median / maxBytes)}`)]
}

/** @param part 0 to 1 */
function bar(part: number): string {
  return paint('yellow', '█'.repeat(Math.max(1, Math.round(part * barWidth))))
}
