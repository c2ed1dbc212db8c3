import { paint } from '#shared/terminal/colour'
import { floorOf, headline, mostOff, requestsByTheClock, rowOf, troubles } from './findings.ts'
import { offBy, type Result, type Row } from './result.ts'
import { isTransport, transports } from './transports.ts'
import { inWholes, inWords } from './numbers.ts'

const barWidth = 26

/** The result for a terminal: tables, bars, and what it comes to. */
export function tablesOf(result: Result): string[] {
  const names = Object.keys(transports).filter(isTransport)
  const lines: string[] = []
  for (const talk of conditionsOf(result)) {
    const rows = names.flatMap((name) => rowOf(result, 'talk', name, talk) ?? [])
    lines.push('', ...talkTable(rows, talk))
  }
  const talking = names.flatMap((name) => rowOf(result, 'talk', name, { messagesPerSecond: 10 }) ?? [])
  lines.push(
    'Bytes are TCP payload, counted; + headers (IP and TCP, 52 bytes a packet) and TLS (22 bytes a record) are computed.',
    'The floor: a bare WebSocket frame down to each guest, one up. CPU of one core: server / guests.',
    '',
    ...bars('Bytes for each message that reaches a guest', talking, ({ figures }) => figures.bytes.median),
    '',
    ...lockstepTable(result.rows.filter(({ doing }) => doing === 'lockstep')),
  )
  const bursts = names.flatMap((name) => rowOf(result, 'burst', name) ?? [])
  lines.push(
    '',
    ...bars('Fifty messages in one breath, bytes each', bursts, ({ figures }) => figures.bytes.median),
  )
  const idle = result.rows.filter(({ doing }) => doing === 'idle')
  if (idle.length > 0) {
    lines.push(
      '',
      ...bars('Nobody talks, bytes a guest a minute', idle, ({ figures }) => figures.bytes.median),
    )
  }
  lines.push('', ...comingAndGoing(result))
  lines.push('', ...headline(result))
  lines.push(...troubles(result).map((trouble) => paint('red', trouble)))
  return lines
}

function conditionsOf({ rows }: Result) {
  const found = new Map<string, Pick<Row, 'guests' | 'roundTripMs' | 'messagesPerSecond'>>()
  for (const { doing, guests, roundTripMs, messagesPerSecond } of rows) {
    if (doing !== 'talk') continue
    const condition = { guests, roundTripMs, messagesPerSecond }
    found.set(JSON.stringify(condition), condition)
  }
  return found.values()
}

function talkTable(
  rows: Row[],
  condition: Pick<Row, 'guests' | 'roundTripMs' | 'messagesPerSecond'>,
): string[] {
  const { guests, roundTripMs, messagesPerSecond } = condition
  const away = roundTripMs === 0 ? 'on one machine' : `a round trip of ${roundTripMs} ms`
  const floor = rows[0] && inWords(floorOf(rows[0]))
  return [
    `${guests} guests, ${messagesPerSecond} messages a second, ${away} · for each message that reaches a guest:`,
    talkColumns(
      '',
      'requests',
      'bytes',
      'min–max',
      '+ headers',
      'TLS',
      'p50 ms',
      'p95 ms',
      'p99 ms',
      'CPU %',
    ),
    ...rows.map(({ transport, figures, latency }) =>
      talkColumns(
        transports[transport].short,
        inWords(figures.requests.median),
        inWords(figures.bytes.median),
        `${inWords(figures.bytes.min)}–${inWords(figures.bytes.max)}`,
        inWords(figures.bytesWithHeaders.median),
        inWords(figures.bytesUnderTls.median),
        ...(['p50', 'p95', 'p99'] as const).map((part) => (latency ? inWords(latency[part].median) : '–')),
        [figures.serverCpuPercent, figures.guestsCpuPercent]
          .map((percent) => (percent ? percent.median.toFixed(1) : '–'))
          .join(' / '),
      ),
    ),
    ...(floor ? [talkColumns('the floor', '0', floor)] : []),
    ...byTheClock(rows, roundTripMs),
  ]
}

/** A guest who is far away asks later again: the formula knows nothing of that. */
function byTheClock(rows: Row[], roundTripMs: number): string[] {
  const told = rows.flatMap((row) => {
    const requests = requestsByTheClock(row)
    return requests === undefined ? [] : [`${transports[row.transport].short} ${inWords(requests)}`]
  })
  return told.length > 0 && roundTripMs === 0 ? [`By the clock alone: ${told.join(', ')} requests.`] : []
}

/** Wide where two figures stand in one column. */
function talkColumns(first: string, ...others: string[]): string {
  const widths = [9, 8, 12, 10, 8, 8, 8, 8, 12]
  return first.padEnd(14) + others.map((text, i) => text.padStart(widths[i] ?? 8)).join('')
}

function lockstepTable(rows: Row[]): string[] {
  if (rows.length === 0) return []
  const sorted = rows.toSorted((one, other) => one.guests - other.guests)
  return [
    'One message at a time: the count beside its formula',
    columns('', 'guests', 'requests', 'bytes', 'formula', 'off'),
    ...sorted.map((row) => {
      const { formula, figures, delivered } = row
      const counted = formula && (formula.counted.bytesUp + formula.counted.bytesDown) / delivered
      const predicted = formula && (formula.predicted.bytesUp + formula.predicted.bytesDown) / delivered
      const off = formula && offBy(formula)
      return columns(
        transports[row.transport].short,
        inWholes(row.guests),
        inWords(figures.requests.median),
        inWords(counted ?? figures.bytes.median),
        predicted === null ? '–' : inWords(predicted),
        off === null
          ? '–'
          : off > mostOff
            ? paint('red', `${(off * 100).toFixed(1)} %`)
            : `${(off * 100).toFixed(2)} %`,
      )
    }),
  ]
}

function comingAndGoing({ rows }: Result): string[] {
  const pairs = rows.flatMap((come) => {
    if (come.doing !== 'connect' || come.guests !== 10 || come.roundTripMs > 0) return []
    const go = rows.find(
      ({ doing, transport, guests, roundTripMs }) =>
        doing === 'close' && transport === come.transport && guests === 10 && roundTripMs === 0,
    )
    return go ? [{ come, go }] : []
  })
  if (pairs.length === 0) return []
  return [
    'To come, and to go, for each of ten guests',
    columns('', 'requests', 'new conn.', 'bytes', 'to go'),
    ...pairs.map(({ come, go }) =>
      columns(
        transports[come.transport].short,
        inWords(come.figures.requests.median),
        inWords(come.figures.connections.median),
        inWords(come.figures.bytes.median),
        inWords(go.figures.bytes.median),
      ),
    ),
  ]
}

function bars(title: string, rows: Row[], pick: (row: Row) => number): string[] {
  if (rows.length === 0) return []
  const most = Math.max(...rows.map(pick))
  return [
    title,
    ...rows.map(
      (row) => `${columns(transports[row.transport].short, inWords(pick(row)))}  ${bar(pick(row) / most)}`,
    ),
  ]
}

function columns(first: string, ...others: string[]): string {
  return first.padEnd(14) + others.map((text) => text.padStart(10)).join('')
}

/** @param part 0 to 1 */
function bar(part: number): string {
  return paint('yellow', '█'.repeat(Math.max(1, Math.round(part * barWidth))))
}
