import { layers } from './counts.ts'
import type { Figures, Latency, Row } from './result.ts'
import type { Measurement } from './trial.ts'
import { quantile, spreadOf } from './numbers.ts'
import type { TransportName } from './transports.ts'

/** How many talk, how far away, and how much. */
export interface Condition {
  guests: number
  roundTripMs: number
  messagesPerSecond: number
}

/** Collects measurements, round after round, and makes a row of those that belong together. */
export interface RowCollector {
  add(doing: Row['doing'], transport: TransportName, condition: Condition, measurement: Measurement): void
  /** in the order in which they began */
  rows(): Row[]
}

const perOf: Record<Row['doing'], Row['per']> = {
  connect: 'guest',
  idle: 'guest-minute',
  lockstep: 'delivery',
  burst: 'delivery',
  talk: 'delivery',
  close: 'guest',
}

/** All rounds of one thing that was done. */
interface Series {
  doing: Row['doing']
  transport: TransportName
  condition: Condition
  rounds: Measurement[]
}

export function collectRows(): RowCollector {
  const collected = new Map<string, Series>()
  return {
    add(doing, transport, condition, measurement) {
      const key = JSON.stringify([doing, transport, condition])
      const series = collected.get(key) ?? { doing, transport, condition, rounds: [] }
      collected.set(key, series)
      series.rounds.push(measurement)
    },
    rows: () => [...collected.values()].map(rowFrom),
  }
}

function rowFrom({ doing, transport, condition, rounds }: Series): Row {
  const per = perOf[doing]
  const sum = (pick: (round: Measurement) => number) =>
    rounds.reduce((total, round) => total + pick(round), 0)
  const said = sum((round) => round.said)
  const messages = Math.max(1, said)
  return {
    doing,
    transport,
    ...condition,
    per,
    rounds: rounds.length,
    said,
    textBytes: sum(({ textBytes }) => textBytes) / messages,
    delivered: sum(({ delivered }) => delivered),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    figures: figuresOf(rounds, (round) => divisorOf(per, round, condition.guests)),
    latency: doing === 'talk' ? latencyOf(rounds) : null,
    formula: formulaOf(rounds),
  }
}

/** At least 1: what brought nobody anything is not divided. */
function divisorOf(per: Row['per'], { delivered, seconds }: Measurement, guests: number): number {
  if (per === 'delivery') return Math.max(1, delivered)
  return per === 'guest' ? guests : (guests * seconds) / 60
}

function figuresOf(rounds: Measurement[], divisor: (round: Measurement) => number): Figures {
  const each = (pick: (round: Measurement) => number) =>
    spreadOf(rounds.map((round) => pick(round) / divisor(round)))
  const percent = (pick: (round: Measurement) => number) =>
    spreadOf(rounds.map((round) => (100 * pick(round)) / round.seconds))
  const isOurs = rounds.every(({ server }) => server)
  return {
    requests: each(({ requests }) => requests),
    connections: each(({ connections }) => connections),
    bytesUp: each(({ bytesUp }) => bytesUp),
    bytesDown: each(({ bytesDown }) => bytesDown),
    bytes: each((round) => layers(round).payload),
    payload: each(({ payload }) => payload),
    bytesWithHeaders: each((round) => layers(round).withHeaders),
    bytesUnderTls: each((round) => layers(round).underTls),
    serverCpuPercent: isOurs ? percent(({ server }) => server?.cpuSeconds ?? 0) : null,
    guestsCpuPercent: percent(({ guestsCpuSeconds }) => guestsCpuSeconds),
    serverMemoryMB: isOurs ? spreadOf(rounds.map(({ server }) => (server?.memoryBytes ?? 0) / 1e6)) : null,
  }
}

function latencyOf(rounds: Measurement[]): Latency | null {
  const heard = rounds
    .map(({ latenciesMs }) => latenciesMs.toSorted((one, other) => one - other))
    .filter((latencies) => latencies.length > 0)
  if (heard.length === 0) return null // Nobody heard anything; lost says so.
  const all = heard.flat().toSorted((one, other) => one - other)
  const at = (part: number) => spreadOf(heard.map((latencies) => quantile(latencies, part)))
  return {
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    quantiles: Array.from({ length: 21 }, (_, i) => quantile(all, i / 20)),
  }
}

function formulaOf(rounds: Measurement[]): Row['formula'] {
  const predicted = { requests: 0, bytesUp: 0, bytesDown: 0 }
  const counted = { ...predicted }
  for (const round of rounds) {
    if (!round.predicted) return null
    for (const field of ['requests', 'bytesUp', 'bytesDown'] as const) {
      predicted[field] += round.predicted[field]
      counted[field] += round[field]
    }
  }
  return { predicted, counted }
}
