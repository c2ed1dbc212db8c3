import { layers } from './counts.ts'
import type { Doing, Figures, Latency, Per, Row } from './result.ts'
import type { Part } from './trial.ts'
import { quantile, spreadOf } from './statistics.ts'
import type { TransportName } from './transports.ts'

/** What a part was a part of. */
export interface Condition {
  guests: number
  roundTripMs: number
  messagesPerSecond: number
}

/** Collects parts, round after round, and makes a row of those that belong together. */
export interface RowKeeper {
  add(doing: Doing, transport: TransportName, condition: Condition, part: Part): void
  /** in the order in which they began */
  rows(): Row[]
}

const perOf: Record<Doing, Per> = {
  connect: 'guest',
  idle: 'guest-minute',
  lockstep: 'delivery',
  burst: 'delivery',
  talk: 'delivery',
  close: 'guest',
}

export function keepRows(): RowKeeper {
  const kept = new Map<
    string,
    { doing: Doing; transport: TransportName; condition: Condition; parts: Part[] }
  >()
  return {
    add(doing, transport, condition, part) {
      const key = JSON.stringify([doing, transport, condition])
      const one = kept.get(key) ?? { doing, transport, condition, parts: [] }
      kept.set(key, one)
      one.parts.push(part)
    },
    rows: () =>
      [...kept.values()].map(({ doing, transport, condition, parts }) =>
        rowOf(doing, transport, condition, parts),
      ),
  }
}

function rowOf(doing: Doing, transport: TransportName, condition: Condition, parts: Part[]): Row {
  const per = perOf[doing]
  const sum = (pick: (part: Part) => number) => parts.reduce((total, part) => total + pick(part), 0)
  return {
    doing,
    transport,
    ...condition,
    per,
    rounds: parts.length,
    said: sum(({ said }) => said),
    textBytes:
      sum(({ textBytes }) => textBytes) /
      Math.max(
        1,
        sum(({ said }) => said),
      ),
    delivered: sum(({ delivered }) => delivered),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    figures: figuresOf(parts, (part) => dividedBy(per, part, condition.guests)),
    latency: doing === 'talk' ? latencyOf(parts) : null,
    formula: formulaOf(parts),
  }
}

/** At least 1: what brought nobody anything is not divided. */
function dividedBy(per: Per, { delivered, seconds }: Part, guests: number): number {
  if (per === 'delivery') return Math.max(1, delivered)
  return per === 'guest' ? guests : (guests * seconds) / 60
}

function figuresOf(parts: Part[], divisor: (part: Part) => number): Figures {
  const each = (pick: (part: Part) => number) => spreadOf(parts.map((part) => pick(part) / divisor(part)))
  const percent = (pick: (part: Part) => number) =>
    spreadOf(parts.map((part) => (100 * pick(part)) / part.seconds))
  const isOurs = parts.every(({ server }) => server)
  return {
    requests: each(({ requests }) => requests),
    connections: each(({ connections }) => connections),
    bytesUp: each(({ bytesUp }) => bytesUp),
    bytesDown: each(({ bytesDown }) => bytesDown),
    bytes: each((part) => layers(part).payload),
    payload: each(({ payload }) => payload),
    bytesWithHeaders: each((part) => layers(part).withHeaders),
    bytesUnderTls: each((part) => layers(part).underTls),
    serverCpuPercent: isOurs ? percent(({ server }) => server?.cpuSeconds ?? 0) : null,
    guestsCpuPercent: percent(({ guestsCpuSeconds }) => guestsCpuSeconds),
    serverMemoryMB: isOurs ? spreadOf(parts.map(({ server }) => (server?.memoryBytes ?? 0) / 1e6)) : null,
  }
}

function latencyOf(parts: Part[]): Latency | null {
  const rounds = parts
    .map(({ latenciesMs }) => latenciesMs.toSorted((one, other) => one - other))
    .filter((latencies) => latencies.length > 0)
  if (rounds.length === 0) return null // Nobody heard anything; lost says so.
  const all = rounds.flat().toSorted((one, other) => one - other)
  const at = (part: number) => spreadOf(rounds.map((latencies) => quantile(latencies, part)))
  return {
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    quantiles: Array.from({ length: 21 }, (_, i) => quantile(all, i / 20)),
  }
}

function formulaOf(parts: Part[]): Row['formula'] {
  const nothing = () => ({ requests: 0, bytesUp: 0, bytesDown: 0 })
  const predicted = nothing()
  const counted = nothing()
  for (const part of parts) {
    if (!part.predicted) return null
    for (const field of ['requests', 'bytesUp', 'bytesDown'] as const) {
      predicted[field] += part.predicted[field]
      counted[field] += part[field]
    }
  }
  return { predicted, counted }
}
