import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Advice } from '#shared/terminal/advice'
import type { Prediction } from './formulas.ts'
import type { Spread } from './statistics.ts'
import { isTransport, type TransportName } from './transports.ts'

/** The form of this file. It goes up when an older reader would read something wrong. */
export const resultFormat = 1

/** All that a bench has found: what stands in `bench/results/<time>.json`. */
export interface Result {
  format: typeof resultFormat
  /** when it began, ISO 8601 */
  at: string
  /** as typed: `npm run bench -- --quick` */
  command: string
  /** false when Ctrl-C ended it early */
  complete: boolean
  /** whose headers and connections the guests had */
  headers: 'browser' | 'bare'
  /** a server that was not ours; null for the steps of the course */
  url: string | null
  machine: Machine
  rows: Row[]
}

export interface Machine {
  system: string
  processor: string
  cores: number
  memoryGB: number
  node: string
  /** of the packages that carry the bytes, by name */
  packages: Record<string, string>
}

/** What was going on while it was counted. */
export type Doing = 'connect' | 'idle' | 'lockstep' | 'burst' | 'talk' | 'close'

/** What the figures of a row are divided by: a message that reached a guest, a guest, a guest and minute. */
export type Per = 'delivery' | 'guest' | 'guest-minute'

/** One thing that was done in one way, in so many rounds. */
export interface Row {
  doing: Doing
  transport: TransportName
  guests: number
  /** added by the wire, ms, there and back again */
  roundTripMs: number
  /** in the whole room; 0 where nobody talks by the clock */
  messagesPerSecond: number
  per: Per
  rounds: number
  /** messages, all rounds together */
  said: number
  /** of one message, on average */
  textBytes: number
  /** the same, counted for each guest who heard them */
  delivered: number
  /** both must be 0, or the bench fails */
  lost: number
  doubled: number
  figures: Figures
  /** from the moment a message was to be said until a guest could show it; where guests talk by the clock */
  latency: Latency | null
  /** where a formula says it beforehand: all rounds together, and what was counted in their place */
  formula: { predicted: Prediction; counted: Prediction } | null
}

/** Each is divided by the row's `per`, round by round. */
export interface Figures {
  requests: Spread
  connections: Spread
  /** TCP payload: counted */
  bytesUp: Spread
  bytesDown: Spread
  bytes: Spread
  /** of these, people's own text and names */
  payload: Spread
  /** with IP and TCP headers, 52 bytes a packet: computed */
  bytesWithHeaders: Spread
  /** under TLS 1.3, 22 bytes a record: computed, without IP and TCP headers */
  bytesUnderTls: Spread
  /** of one core, in percent; not divided. Null when the server is not ours */
  serverCpuPercent: Spread | null
  guestsCpuPercent: Spread
  /** resident, MB; not divided */
  serverMemoryMB: Spread | null
}

export interface Latency {
  p50: Spread
  p95: Spread
  p99: Spread
  /** 0 %, 5 %, 10 %, … 100 % of all rounds together, ms */
  quantiles: number[]
}

/** How far a count is from its formula, the larger of both ways: 0.01 for 1 %. */
export function offBy({ predicted, counted }: NonNullable<Row['formula']>): number {
  const fields = ['requests', 'bytesUp', 'bytesDown'] as const
  const offs = fields.map((field) =>
    predicted[field] === counted[field]
      ? 0
      : Math.abs(counted[field] - predicted[field]) / Math.max(1, predicted[field]),
  )
  return Math.max(...offs)
}

export async function writeResult(file: string, result: Result): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, textOf(result))
}

/** As it stands in a file: a row a line, so that two can be laid side by side. */
export function textOf({ rows, ...about }: Result): string {
  const lines = rows.map((row) => JSON.stringify(row, sixDigits))
  const head = JSON.stringify(about, sixDigits, 1).replace(/\n\}$/, '')
  return `${head},\n "rows": [\n${lines.join(',\n')}\n ]\n}\n`
}

/** Counts stay as they are; of what is measured or divided, more digits would say nothing. */
function sixDigits(_name: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value
}

/** @throws Advice when there is no such file, or it is no result */
export async function readResult(file: string): Promise<Result> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is no JSON' : 'there is no such file'
    throw new Advice(`${file} cannot be read: ${why}.`, 'What there is stands in bench/results/')
  }
  const problem = problemOf(value)
  if (problem === undefined && isResult(value)) return value
  throw new Advice(`${file} is no result of this bench: ${problem}.`, 'Make one with:  npm run bench')
}

function isResult(value: unknown): value is Result {
  return problemOf(value) === undefined
}

/** What keeps a value from being a result, in words; undefined when nothing does. */
export function problemOf(value: unknown): string | undefined {
  if (!isRecord(value)) return 'it is no object'
  if (value.format !== resultFormat)
    return `its format is ${JSON.stringify(value.format)}, not ${resultFormat}`
  for (const name of ['at', 'command']) if (typeof value[name] !== 'string') return `${name} is no text`
  if (typeof value.complete !== 'boolean') return 'complete is neither true nor false'
  if (value.headers !== 'browser' && value.headers !== 'bare') return 'headers is neither browser nor bare'
  if (value.url !== null && typeof value.url !== 'string') return 'url is neither a text nor null'
  if (!isRecord(value.machine)) return 'machine is missing'
  if (!Array.isArray(value.rows)) return 'rows is no list'
  for (const [index, row] of value.rows.entries()) {
    const problem = problemOfRow(row)
    if (problem) return `in row ${index}, ${problem}`
  }
  return undefined
}

const doings = ['connect', 'idle', 'lockstep', 'burst', 'talk', 'close']
const pers = ['delivery', 'guest', 'guest-minute']
const numbers = [
  'guests',
  'roundTripMs',
  'messagesPerSecond',
  'rounds',
  'said',
  'textBytes',
  'delivered',
  'lost',
  'doubled',
]
const figures = [
  'requests',
  'connections',
  'bytesUp',
  'bytesDown',
  'bytes',
  'payload',
  'bytesWithHeaders',
  'bytesUnderTls',
  'guestsCpuPercent',
]
const figuresOfOurServer = ['serverCpuPercent', 'serverMemoryMB']

function problemOfRow(row: unknown): string | undefined {
  if (!isRecord(row)) return 'there is no object'
  if (!doings.includes(String(row.doing))) return `doing is ${JSON.stringify(row.doing)}`
  if (typeof row.transport !== 'string' || !isTransport(row.transport)) return 'the transport is unknown'
  if (!pers.includes(String(row.per))) return `per is ${JSON.stringify(row.per)}`
  for (const name of numbers) if (!isCount(row[name])) return `${name} is no number from 0 up`
  if (!isRecord(row.figures)) return 'figures are missing'
  for (const name of figures) if (!isSpread(row.figures[name])) return `figures.${name} is no spread`
  for (const name of figuresOfOurServer) {
    if (row.figures[name] !== null && !isSpread(row.figures[name])) return `figures.${name} is no spread`
  }
  if (row.latency !== null && !isLatency(row.latency)) return 'latency is incomplete'
  if (row.formula !== null && !isFormula(row.formula)) return 'formula is incomplete'
  return undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function isSpread(value: unknown): boolean {
  return isRecord(value) && isCount(value.median) && isCount(value.min) && isCount(value.max)
}

function isLatency(value: unknown): boolean {
  if (!isRecord(value) || !Array.isArray(value.quantiles)) return false
  return isSpread(value.p50) && isSpread(value.p95) && isSpread(value.p99) && value.quantiles.every(isCount)
}

function isFormula(value: unknown): boolean {
  if (!isRecord(value)) return false
  return [value.predicted, value.counted].every(
    (side) => isRecord(side) && isCount(side.requests) && isCount(side.bytesUp) && isCount(side.bytesDown),
  )
}
