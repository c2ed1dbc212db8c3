import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { root } from '#shared/course/course'
import { adviseToInstall } from '#shared/run/services/several-at-terminal'
import { paint } from '#shared/terminal/colour'
import { say } from '#shared/terminal/wrap'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { troubles } from './findings.ts'
import { capacityTable, measureCapacity } from './capacity/capacity.ts'
import { measureServers, serversReading, serversTable, serversTroubles } from './capacity/servers-capacity.ts'
import { comparison } from './compare.ts'
import { readResult, resultsDir, textOf, writeResult } from './newest.ts'
import { type Plan, plans } from './plan.ts'
import { reportOf } from './report.ts'
import { type Machine, type Result, resultFormat, type Row } from './result.ts'
import { runPlan } from './run-plan.ts'
import { tablesOf } from './table.ts'
import { folderOf } from './transports.ts'

interface BenchOptions {
  /** as typed */
  command: string
  mode: keyof typeof plans
  bare: boolean
  /** print the result as JSON, and nothing else */
  json: boolean
  /** a server that runs already */
  url: string | undefined
}

/**
 * Measures, prints, and keeps the result. The first Ctrl-C ends it early, with what there is.
 *
 * @returns the exit code: 1 when a message was lost or doubled, or a count is not what its formula says
 */
export async function bench(options: BenchOptions): Promise<number> {
  const ending = new AbortController()
  process.once('SIGINT', () => ending.abort())
  const at = new Date()
  const complaints = new Set<string>()
  const machine = await thisMachine()
  const rows: Row[] = []
  for (const plan of plansOf(options)) {
    if (ending.signal.aborted) break
    const found = await runPlan(plan, {
      bare: options.bare,
      url: options.url,
      onTrouble: (line) => complaints.add(line),
      onProgress: showProgress,
      signal: ending.signal,
    })
    rows.push(...found)
  }
  hideProgress()

  const result: Result = {
    format: resultFormat,
    at: at.toISOString(),
    command: options.command,
    complete: !ending.signal.aborted,
    headers: options.bare ? 'bare' : 'browser',
    url: options.url ?? null,
    machine,
    rows,
  }
  const file = join(resultsDir, `${result.at.slice(0, 19).replaceAll(':', '-')}.json`)
  await writeResult(file, result)
  const page = file.replace(/json$/, 'html')
  await writeFile(page, await reportOf(result))
  if (options.json) console.log(textOf(result))
  else tell(result, [page, file], complaints)
  return troubles(result).length === 0 ? 0 : 1
}

function tell(result: Result, files: string[], complaints: Set<string>) {
  const { system, processor, cores, node, packages } = result.machine
  say(`${processor}, ${cores} cores, ${system}, Node ${node}, Socket.IO ${packages['socket.io']}`)
  const headers =
    result.headers === 'browser'
      ? "a browser's headers, kept-alive connections"
      : "a Node client's own headers"
  say(`Guests send ${headers}. Bytes are TCP payload on this machine, both ways. Only bursts are compressed.`)
  say(...tablesOf(result))
  if (!result.complete) say('Ended early: the result holds the rounds that were complete.')
  for (const complaint of [...complaints].slice(0, 5)) say(`A guest's error: ${complaint}`)
  const [page, figures] = files.map((file) => relative(root, file).replaceAll('\\', '/'))
  say(`\nWith charts: ${page}\nThe figures: ${figures}`)
}

/** A server that is not ours is one for all transports: their guests would meet, so each has it for itself. */
function plansOf({ mode, url }: BenchOptions): Plan[] {
  const plan = plans[mode]
  if (!url) return [plan]
  const chatty = plan.transports.filter((transport) => folderOf(transport) === folderOf('websocket'))
  return chatty.map((transport) => ({ ...plan, transports: [transport] }))
}

/**
 * Holds two results together, and prints it.
 *
 * @returns the exit code
 * @throws Advice when one of the files is no result
 */
export async function compare(before: string, after: string): Promise<number> {
  const [one, two] = await Promise.all([readResult(before), readResult(after)])
  say(...comparison(one, two))
  return 0
}

const capacities = {
  quick: { sizes: [50], rounds: 1, windowMs: 1_500 },
  default: { sizes: [50, 200, 1_000], rounds: 3, windowMs: 3_000 },
  full: { sizes: [50, 200, 1_000], rounds: 5, windowMs: 6_000 },
}

/**
 * Finds out how much a server can carry, and prints it.
 *
 * @returns the exit code
 */
export async function capacity({ mode, json }: Pick<BenchOptions, 'mode' | 'json'>): Promise<number> {
  const ending = new AbortController()
  process.once('SIGINT', () => ending.abort())
  const all = await measureCapacity({
    ...capacities[mode],
    warmUpMs: 700,
    onProgress: showProgress,
    signal: ending.signal,
  })
  hideProgress()
  if (json) console.log(JSON.stringify({ machine: await thisMachine(), capacity: all }, undefined, 1))
  else for (const line of capacityTable(all)) console.log(line)
  return 0
}

const guests = 30 // at 1, 2, 3, 5 and 6 servers, equally many at each

/**
 * Finds out what a message costs with so many servers each, and prints it.
 *
 * @returns the exit code: 1 when a message was lost or doubled
 * @throws Advice when something is not installed
 */
export async function capacityOfServers(
  counts: readonly number[],
  { mode, json }: Pick<BenchOptions, 'mode' | 'json'>,
): Promise<number> {
  const ending = new AbortController()
  process.once('SIGINT', () => ending.abort())
  const { rounds, windowMs } = capacities[mode]
  const all = await measureServers({
    counts,
    guests,
    rounds,
    windowMs,
    warmUpMs: 3_000,
    onProgress: showProgress,
    signal: ending.signal,
  })
    .catch(adviseToInstall)
    .finally(hideProgress)
  const lost = serversTroubles(all)
  if (json) console.log(JSON.stringify({ machine: await thisMachine(), servers: all }, undefined, 1))
  else if (all.length === 0) say('Ended early: no round was complete.')
  else {
    say(...serversTable(all))
    say(...(lost.length > 0 ? lost : ['Lost: 0. Everybody heard everything once.']))
    say(ending.signal.aborted ? 'Ended early: these are the rounds that were complete.' : '')
    say(...serversReading(guests))
  }
  return lost.length === 0 ? 0 : 1
}

/**
 * Writes a result's page beside it again.
 *
 * @returns the exit code
 * @throws Advice when the file is no result
 */
export async function report(file: string): Promise<number> {
  const page = file.replace(/(\.json)?$/, '.html')
  await writeFile(page, await reportOf(await readResult(file)))
  console.log(page)
  return 0
}

const width = 20

/** A line on stderr that the next one overwrites: the result alone goes to stdout. Nothing where it is no terminal. */
function showProgress(done: number, what: string): void {
  if (!process.stderr.isTTY) return
  const full = Math.round(Math.min(1, done) * width)
  const bar = '█'.repeat(full) + '░'.repeat(width - full)
  const room = (process.stderr.columns || 80) - width - 8
  process.stderr.write(
    `\r\x1b[K${bar} ${String(Math.round(done * 100)).padStart(3)} %  ${paint('dim', what.slice(0, room))}`,
  )
}

function hideProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}

/** What carries the bytes; another version may carry more or fewer. */
const packages = ['socket.io', 'socket.io-client', 'engine.io', 'ws', 'express']

/** The machine that this runs on; nothing in it names a person. */
async function thisMachine(): Promise<Machine> {
  const versions = await Promise.all(
    packages.map(async (name) => {
      const about = await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')
      const { version }: { version: string } = JSON.parse(about)
      return [name, version] as const
    }),
  )
  return {
    system: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    node: process.version,
    packages: Object.fromEntries(versions),
  }
}
