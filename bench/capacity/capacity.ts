import { join } from 'node:path'
import { root } from '#shared/course/course'
import { run } from '#shared/run/run'
import { startChild } from '../child.ts'
import { type Column, textTable } from '../columns.ts'
import { formatWhole, quantile, type Spread, spreadOf } from '../numbers.ts'
import { openProbe } from '../probe.ts'
import { unlimited } from '../transports.ts'
import { inRounds } from './rounds.ts'
import { type FloodCommand, type FloodReport, isFloodReport } from './flood-commands.ts'

/** The same fan-out, on three servers. */
export const contenders = {
  'raw ws': { folder: 'bench/raw-websocket', isSocketIo: false },
  'step 06': { folder: 'steps/06-typing', isSocketIo: true },
  'emit in a loop': { folder: 'bench/emit-loop', isSocketIo: true },
} as const

export type Contender = keyof typeof contenders

/** What a server can carry, all rounds together. */
export interface Capacity {
  contender: Contender
  guests: number
  /** messages that reached a guest, a second, as fast as it went */
  deliveries: Spread
  /** until the last guest had a message, ms: the 99th percentile, with as many on the way as the server can stand */
  p99Ms: Spread
  /** objects and buffers that each guest added to the server, bytes */
  bytesAGuest: Spread
  serverCpuPercent: Spread
  /** near 100, and the load generator is what was measured */
  floodCpuPercent: Spread
}

export interface CapacityOptions {
  sizes: readonly number[]
  rounds: number
  /** so long it is flooded before it is measured */
  warmUpMs: number
  windowMs: number
  /** @param done 0 to 1 */
  onProgress: (done: number, what: string) => void
  signal: AbortSignal
}

const flood = join(import.meta.dirname, 'flood.ts')

/** Each size by itself, its contenders alternating; without the wire, which would be the first to have enough. */
export async function measureCapacity(options: CapacityOptions): Promise<Capacity[]> {
  const { sizes, rounds, onProgress } = options
  const names = Object.keys(contenders).filter(isContender)
  const found: Capacity[] = []
  let done = 0
  for (const guests of sizes) {
    const runs = await inRounds(names, options, (name, round) => {
      onProgress(
        done++ / (sizes.length * rounds * names.length),
        `${name} with ${guests} guests, round ${round}`,
      )
      return measureOnce(name, guests, options)
    })
    for (const [contender, all] of runs) {
      const spread = (pick: (one: Run) => number) => spreadOf(all.map(pick))
      found.push({
        contender,
        guests,
        deliveries: spread(({ deliveries }) => deliveries),
        p99Ms: spread(({ p99Ms }) => p99Ms),
        bytesAGuest: spread(({ bytesAGuest }) => bytesAGuest),
        serverCpuPercent: spread(({ serverCpuPercent }) => serverCpuPercent),
        floodCpuPercent: spread(({ floodCpuPercent }) => floodCpuPercent),
      })
    }
  }
  return found
}

function isContender(name: string): name is Contender {
  return Object.hasOwn(contenders, name)
}

/** One round of one server. */
interface Run {
  deliveries: number
  p99Ms: number
  bytesAGuest: number
  serverCpuPercent: number
  floodCpuPercent: number
}

async function measureOnce(
  name: Contender,
  guests: number,
  { warmUpMs, windowMs }: CapacityOptions,
): Promise<Run> {
  const { folder, isSocketIo } = contenders[name]
  const probe = await openProbe()
  const program = await run(join(root, folder), { compiled: true, env: { ...probe.env, ...unlimited } })
  const generator = startChild<FloodCommand, FloodReport>(flood, isFloodReport)
  try {
    const empty = await probe.sample('tidy')
    await generator.request({ do: 'enter', url: program.url, guests, isSocketIo })
    const before = await probe.sample('tidy')
    const from = performance.now()
    const { deliveries, latenciesMs, cpuSeconds } = await generator.request({
      do: 'speak',
      isSocketIo,
      warmUpMs,
      windowMs,
    })
    const seconds = (performance.now() - from) / 1_000
    const after = await probe.sample()
    const sorted = latenciesMs.toSorted((one, other) => one - other)
    return {
      deliveries,
      p99Ms: sorted.length > 0 ? quantile(sorted, 0.99) : windowMs, // Not one message got through in the whole window.
      bytesAGuest: Math.max(0, before.heldBytes - empty.heldBytes) / guests,
      serverCpuPercent: (100 * (after.cpuSeconds - before.cpuSeconds)) / seconds,
      floodCpuPercent: 100 * cpuSeconds,
    }
  } finally {
    probe.close()
    await Promise.all([generator.stop(), program.stop()])
  }
}

/** The capacity for a terminal; each beside raw ws with as many guests. */
export function capacityTable(all: readonly Capacity[]): string[] {
  const width = 13
  const columns: Column<Capacity>[] = [
    { title: '', width: 16, cell: ({ contender }) => contender },
    { title: 'guests', width, cell: ({ guests }) => String(guests) },
    { title: 'deliveries/s', width, cell: ({ deliveries }) => formatWhole(deliveries.median) },
    {
      title: 'of raw ws',
      width,
      cell({ guests, deliveries }) {
        const raw = all.find((one) => one.contender === 'raw ws' && one.guests === guests)
        return raw ? (deliveries.median / raw.deliveries.median).toFixed(2) : '–'
      },
    },
    { title: 'p99 ms', width, cell: ({ p99Ms }) => p99Ms.median.toFixed(0) },
    { title: 'KB a guest', width, cell: ({ bytesAGuest }) => (bytesAGuest.median / 1_000).toFixed(1) },
    { title: 'server CPU %', width, cell: ({ serverCpuPercent }) => serverCpuPercent.median.toFixed(0) },
    { title: 'flood CPU %', width, cell: ({ floodCpuPercent }) => floodCpuPercent.median.toFixed(0) },
  ]
  return textTable(columns, all)
}
