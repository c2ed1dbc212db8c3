// The form of a result file. What only needs its types imports them as types: zod takes its time to load.
import { z } from 'zod'
import { transportNames } from './transports.ts'

/** The form of this file. It goes up when an older reader would read something wrong. */
export const resultFormat = 1

const text = z.string('is no text')
const number = z.number('is no number from 0 up').nonnegative('is no number from 0 up')
const oneOf = <const Name extends string>(names: readonly Name[]) =>
  z.enum(names, { error: ({ input }) => `is ${JSON.stringify(input)}, and not one of ${names.join(', ')}` })

const spread = z.object({ median: number, min: number, max: number }, 'is no spread')
const prediction = z.object({ requests: number, bytesUp: number, bytesDown: number }, 'is incomplete')

/** Each is divided by the row's `per`, round by round. */
const figures = z.object(
  {
    requests: spread,
    connections: spread,
    /** TCP payload: counted */
    bytesUp: spread,
    bytesDown: spread,
    bytes: spread,
    /** of these, people's own text and names */
    payload: spread,
    /** with IP and TCP headers, 52 bytes a packet: computed */
    bytesWithHeaders: spread,
    /** under TLS 1.3, 22 bytes a record: computed, without IP and TCP headers */
    bytesUnderTls: spread,
    /** of one core, in percent; not divided. Null when the server is not ours */
    serverCpuPercent: spread.nullable(),
    guestsCpuPercent: spread,
    /** resident, MB; not divided */
    serverMemoryMB: spread.nullable(),
  },
  'are missing',
)

const latency = z.object(
  {
    p50: spread,
    p95: spread,
    p99: spread,
    /** 0 %, 5 %, 10 %, … 100 % of all rounds together, ms */
    quantiles: z.array(number, 'is no list'),
  },
  'is incomplete',
)

/** One thing that was done in one way, in so many rounds. */
const row = z.object(
  {
    /** what was going on while it was counted */
    doing: oneOf(['connect', 'idle', 'lockstep', 'burst', 'talk', 'close']),
    transport: oneOf(transportNames),
    guests: number,
    /** added by the wire, ms, there and back again */
    roundTripMs: number,
    /** in the whole room; 0 where nobody talks by the clock */
    messagesPerSecond: number,
    /** what the figures are divided by: a message that reached a guest, a guest, a guest and minute */
    per: oneOf(['delivery', 'guest', 'guest-minute']),
    rounds: number,
    /** messages, all rounds together */
    said: number,
    /** of one message, on average */
    textBytes: number,
    /** the same, counted for each guest who heard them */
    delivered: number,
    /** both must be 0, or the bench fails */
    lost: number,
    doubled: number,
    figures,
    /** from the moment a message was to be said until a guest could show it; where guests talk by the clock */
    latency: latency.nullable(),
    /** where a formula says it beforehand: all rounds together, and what was counted in their place */
    formula: z.object({ predicted: prediction, counted: prediction }, 'is incomplete').nullable(),
  },
  'is no object',
)

const machine = z.object(
  {
    system: text,
    processor: text,
    cores: number,
    memoryGB: number,
    node: text,
    /** of the packages that carry the bytes, by name */
    packages: z.record(z.string(), text, 'are missing'),
  },
  'is missing',
)

/** All that a bench has found: what stands in `bench/results/<time>.json`. */
const result = z.object(
  {
    format: z.literal(resultFormat, {
      error: ({ input }) => `is ${JSON.stringify(input)}, not ${resultFormat}`,
    }),
    /** when it began, ISO 8601 */
    at: text,
    /** as typed: `npm run bench -- --quick` */
    command: text,
    /** false when Ctrl-C ended it early */
    complete: z.boolean('is neither true nor false'),
    /** whose headers and connections the guests had */
    headers: z.enum(['browser', 'bare'], 'is neither browser nor bare'),
    /** a server that was not ours; null for the steps of the course */
    url: z.string('is neither a text nor null').nullable(),
    machine,
    rows: z.array(row, 'is no list'),
  },
  'is no object',
)

export type Result = z.infer<typeof result>
export type Machine = z.infer<typeof machine>
export type Row = z.infer<typeof row>
export type Figures = z.infer<typeof figures>
export type Latency = z.infer<typeof latency>

/** The value as a result, or what keeps it from being one: `in row 0, figures.bytes.min is no number from 0 up`. */
export function checkResult(value: unknown): { result: Result } | { problem: string } {
  const { success, data, error } = result.safeParse(value)
  if (success) return { result: data }
  const { path = [], message = '' } = error.issues[0] ?? {}
  const isInRow = path[0] === 'rows' && path.length > 1
  const field = path.slice(isInRow ? 2 : 0).join('.') || 'it'
  return { problem: `${isInRow ? `in row ${String(path[1])}, ` : ''}${field} ${message}` }
}
