import { cpus } from 'node:os'
import { join } from 'node:path'
import { findStep, firstWithServers } from '#shared/course/course'
import { emptyDatabases } from '#shared/run/services/empty-databases'
import { startPostgresAndRedis } from '#shared/run/services/postgres-and-redis'
import { runSeveral, type SeveralServers } from '#shared/run/services/several'
import { startChild } from '../child.ts'
import { type Column, textTable } from '../columns.ts'
import { formatFigure, formatWhole, spreadOf } from '../numbers.ts'
import { openProbe } from '../probe.ts'
import { unlimited } from '../transports.ts'
import type { CapacityOptions } from './capacity.ts'
import { inRounds } from './rounds.ts'
import { isTalkReport, type TalkCommand, type TalkReport } from './talk-commands.ts'

/** What so many servers carried in one round, while each guest waited for the answer before they went on. */
export interface ServersRun extends TalkReport {
  servers: number
  /** people in a room: 1, and nobody else hears what is said; or all of them */
  roomOf: number
  /** processor time of all servers together for a message, ms */
  serversCpuMs: number
}

export interface ServersCapacityOptions extends Omit<CapacityOptions, 'sizes'> {
  /** numbers of servers */
  counts: readonly number[]
  guests: number
}

const talkers = join(import.meta.dirname, 'talkers.ts')
const patienceMs = 90_000 // until a server has started, on a busy machine

/**
 * Step 18 with so many servers each in turn, the same guests spread over them, in one Postgres and one Redis.
 *
 * @throws Missing with the name of what is not installed
 */
export async function measureServers(options: ServersCapacityOptions): Promise<ServersRun[]> {
  const { counts, rounds, onProgress } = options
  const { postgres, redis, stop } = await startPostgresAndRedis({ waitsForDisk: true })
  try {
    let done = 0
    const runs = await inRounds(counts, options, async (servers, round) => {
      onProgress(done / (counts.length * rounds), `${servers} at once, round ${round}`)
      return measureOnce(servers, await emptyDatabases(postgres, redis, done++), options)
    })
    return [...runs.values()].flat(2)
  } finally {
    await stop()
  }
}

async function measureOnce(
  servers: number,
  databases: { databaseUrl: string; redisUrl: string },
  { guests, warmUpMs, windowMs }: ServersCapacityOptions,
): Promise<ServersRun[]> {
  const probes = await Promise.all(Array.from({ length: servers }, openProbe))
  const generator = startChild<TalkCommand, TalkReport>(talkers, isTalkReport)
  let chat: SeveralServers | undefined
  try {
    const envFor = (index: number) => ({ ...unlimited, ...probes[index]?.env })
    const { dir } = findStep(String(firstWithServers))
    chat = await runSeveral(dir, { ...databases, count: servers, envFor, compiled: true, patienceMs })
    const urls = chat.servers.map(({ url }) => url)
    const talk = async (roomOf: number, durationMs: number): Promise<ServersRun> => {
      const before = await Promise.all(probes.map((probe) => probe.sample()))
      const report = await generator.request({ urls, guests, isTogether: roomOf > 1, durationMs })
      const after = await Promise.all(probes.map((probe) => probe.sample()))
      const cpuSeconds = sum(after.map((one) => one.cpuSeconds)) - sum(before.map((one) => one.cpuSeconds))
      return { servers, roomOf, ...report, serversCpuMs: (1_000 * cpuSeconds) / report.messages }
    }
    // Both before either is measured: the program gets faster for a while, and the first would look dearer.
    const warmUps = [await talk(1, warmUpMs), await talk(guests, warmUpMs)]
    const measured = [await talk(1, windowMs), await talk(guests, windowMs)]
    return measured.map((run, index) => ({
      ...run,
      lost: run.lost + (warmUps[index]?.lost ?? 0),
      doubled: run.doubled + (warmUps[index]?.doubled ?? 0),
    }))
  } finally {
    for (const probe of probes) probe.close()
    await Promise.all([generator.stop(), chat?.stop()])
  }
}

const sum = (values: number[]) => values.reduce((total, one) => total + one, 0)

/** Medians for a terminal, 80 characters wide; `ratio` is to the first number of servers, in rooms as large. */
export function serversTable(runs: readonly ServersRun[]): string[] {
  const rows = [...new Map(runs.map((run) => [`${run.servers} ${run.roomOf}`, run])).values()]
  const median = (row: ServersRun, pick: (run: ServersRun) => number) =>
    spreadOf(runs.filter((one) => one.servers === row.servers && one.roomOf === row.roomOf).map(pick)).median
  const stored = (row: ServersRun) => median(row, (run) => run.stored)
  const firstOf = (row: ServersRun) => rows.find(({ roomOf }) => roomOf === row.roomOf) ?? row
  const columns: Column<ServersRun>[] = [
    { title: 'servers', width: 7, cell: ({ servers }) => String(servers) },
    { title: 'room of', width: 9, cell: ({ roomOf }) => String(roomOf) },
    { title: 'stored/s', width: 10, cell: (row) => formatWhole(stored(row)) },
    { title: 'ratio', width: 7, cell: (row) => (stored(row) / stored(firstOf(row))).toFixed(2) },
    { title: 'heard/s', width: 9, cell: (row) => formatWhole(median(row, (run) => run.deliveries)) },
    { title: 'p50 ms', width: 8, cell: (row) => formatFigure(median(row, (run) => run.p50Ms)) },
    { title: 'p99 ms', width: 8, cell: (row) => formatFigure(median(row, (run) => run.p99Ms)) },
    { title: 'server ms', width: 11, cell: (row) => formatFigure(median(row, (run) => run.serversCpuMs)) },
    { title: 'guest ms', width: 10, cell: (row) => formatFigure(median(row, (run) => run.guestsCpuMs)) },
  ]
  return textTable(
    columns,
    rows.toSorted((one, other) => one.roomOf - other.roomOf),
  )
}

/** What was lost or came twice, a sentence each; empty when everybody heard everything once. */
export function serversTroubles(runs: readonly ServersRun[]): string[] {
  return runs.flatMap(({ servers, roomOf, lost, doubled }) => {
    const where = `${servers} at once, room of ${roomOf}`
    return [
      ...(lost > 0 ? [`LOST: ${where}: ${formatWhole(lost)} deliveries never came`] : []),
      ...(doubled > 0 ? [`TWICE: ${where}: ${formatWhole(doubled)} messages came twice`] : []),
    ]
  })
}

/** What the table says, and what it cannot say of machines that share nothing. */
export function serversReading(guests: number): string[] {
  return [
    `${guests} guests, spread over the servers; each waits for the answer before they go on. Medians of all rounds.`,
    'p50 and p99: from saying to hearing. Who says it hears it with the answer. server ms, guest ms: processor time for a message, of all servers together and of the guests.',
    `Servers, Postgres, Redis and guests share the ${cpus().length} cores of this machine. So it shows what a message costs with more servers, where the time goes, and that everybody still hears everything. It does not show that three machines carry more than one.`,
  ]
}
