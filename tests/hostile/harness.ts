import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { newAccount } from '#shared/check/account'
import { firstWithLogin, type Step } from '#shared/course/course'
import { firstError } from '#shared/run/run'
import { connectAs } from '../gate/enter.ts'
import { chance } from '../support/traffic.ts'
import { attacks } from './attacks.ts'
import { threeHonestGuests } from './honest.ts'
import { strangeEvents } from './inputs.ts'
import { runStep } from '../support/run-step.ts'

const sampleMs = 100

export interface Assault {
  /** whose program is attacked; its honest guests know how to chat there */
  step: Step
  /** the same seed sends the same things again */
  seed: number
  /** 1 for all of it; less for a test that has to be quick */
  size?: number
  /** names of {@link attacks}; default all */
  only?: readonly string[]
  /** for what is still on its way when the last attack is over, ms; default 60,000 */
  settleMs?: number
  onAttack?: (name: string) => void
}

export interface Report {
  /** how many malformed, oversize or endless things were sent */
  inputs: number
  /** how many of them were refused in words */
  refusals: number
  /** refusals that are no sentence, up to ten: what was sent, and what came */
  unclear: string[]
  /** the first line of what the program died of; undefined when it was still up, and stopped when it was asked to */
  crash: string | undefined
  /** whether somebody new was let in when all was over */
  letsIn: boolean
  /** how much the honest guests said meanwhile */
  said: number
  /** how much of it somebody did not hear */
  lost: number
  /** the most memory that the program took, MB; undefined where the system does not tell */
  peakMb: number | undefined
}

/** Runs a program, lets three honest guests chat there, and throws everything at it meanwhile. */
export async function attack(assault: Assault): Promise<Report> {
  const { step, seed, size = 1, only = Object.keys(attacks), settleMs = 60_000, onAttack } = assault
  const program = await runStep(step)
  const { url } = program
  const memory = watchMemory(program.pid)
  const honest = await threeHonestGuests(step, url)
  const cookie = (step.number >= firstWithLogin && (await newAccount(url, 'stranger'))) || ''
  let refusals = 0
  const unclear: string[] = []
  const refused = (sent: string, words: unknown) => {
    if (isSentence(words)) refusals++
    else if (unclear.length < 10) unclear.push(`${sent} → ${String(words).slice(0, 200)}`)
  }
  const target = { url, step, cookie, events: eventsOf(step), chance: chance(seed), size, refused }
  let inputs = 0
  for (const name of only) {
    const { from, run } = attacks[name] ?? missing(name)
    if (step.number < from || !program.running) continue
    onAttack?.(name)
    inputs += await run(target)
  }
  const { said, lost } = await honest.end(program.running ? settleMs : 0)
  const letsIn = await letsSomebodyIn(step, url)
  const peakMb = await memory.stop()
  const hasDied = !program.running
  const exitCode = await program.stop()
  const badEnd = exitCode === 0 ? undefined : `it was asked to stop, and ended with ${exitCode}`
  const crash = hasDied ? (firstError(program.output) ?? 'it ended without a word') : badEnd
  return { inputs, refusals, unclear, crash, letsIn, said, lost, peakMb }
}

/**
 * What a report says against the program; empty when it has stood.
 *
 * @param mostMb what it may take: more is a leak, or will be one on a small machine
 */
export function weaknesses(report: Report, mostMb = 400): string[] {
  const { crash, letsIn, lost, said, peakMb, unclear } = report
  return [
    crash && `it died: ${crash}`,
    !letsIn && 'nobody new came in afterwards',
    said === 0 && 'nobody honest could say anything',
    lost > 0 && `${lost} times somebody did not hear what was said`,
    peakMb !== undefined && peakMb > mostMb && `it took ${peakMb} MB, and ${mostMb} are allowed`,
    ...unclear.map((answer) => `it refused in no clear words: ${answer}`),
  ].filter((weakness) => typeof weakness === 'string')
}

function missing(name: string): never {
  throw new Error(`there is no attack ${JSON.stringify(name)}`)
}

/** Who is refused reads a sentence, and never a stack trace. */
function isSentence(words: unknown): boolean {
  return (
    typeof words === 'string' && /^[A-Z][^<]*\S \S/.test(words) && !/\bat \S+ \(|node_modules/.test(words)
  )
}

/** The events that a guest may send, from the step's events.ts, and others. */
function eventsOf({ dir }: Step): string[] {
  const file = join(dir, 'events.ts')
  if (!existsSync(file)) return []
  const [, mine = ''] = /interface ClientEvents \{\n([\s\S]*?)\n\}/.exec(readFileSync(file, 'utf8')) ?? []
  return [...[...mine.matchAll(/^ {2}'?([\w -]+?)'?: \(/gm)].map(([, name]) => name!), ...strangeEvents]
}

async function letsSomebodyIn(step: Step, url: string): Promise<boolean> {
  try {
    const home = await fetch(url)
    await home.text()
    if (step.number >= 3) (await connectAs(url, step, 'dora')).disconnect()
    return home.status === 200
  } catch {
    return false
  }
}

function watchMemory(pid: number | undefined): { stop(): Promise<number | undefined> } {
  let peak: number | undefined
  const look = async () => {
    const now = pid && (await residentMb(pid))
    if (now) peak = Math.max(peak ?? 0, now)
  }
  const timer = setInterval(look, sampleMs)
  return {
    async stop() {
      clearInterval(timer)
      await look() // What was kept is seen here, however seldom a busy machine came to look before.
      return peak
    },
  }
}

/** How much memory a process has, MB; undefined where the system does not tell, or the process is gone. */
async function residentMb(pid: number): Promise<number | undefined> {
  try {
    if (process.platform === 'linux') {
      const [, kb] = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
      return kb === undefined ? undefined : Math.round(Number(kb) / 1024)
    }
    if (process.platform === 'win32') return undefined
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
    return Math.round(Number(stdout) / 1024)
  } catch {
    return undefined
  }
}
