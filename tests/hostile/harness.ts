import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { firstWithAccounts } from '#shared/course/course'
import { firstError } from '#shared/run/run'
import { runFresh } from '#shared/run/run-fresh'
import { attacks } from './attacks.ts'
import { cookieOf } from './cookie.ts'
import { threeHonestGuests } from './honest.ts'

const attacker = join(import.meta.dirname, 'attacker.ts')
const sampleMs = 100
const settleMs = 20_000 // for what is still on its way when the last attack is over

/** What an attacked program may take: more is a leak, or will be one on a small machine. */
export const mostMb = 400

export interface Assault {
  /** the folder that holds server.ts, absolute */
  dir: string
  /** the step's number: its honest guests know how to chat there */
  step: number
  /** the same seed sends the same things again */
  seed: number
  /** 1 for all of it; less for a test that has to be quick */
  part?: number
  /** names of {@link attacks}; default all */
  only?: readonly string[]
  onAttack?: (name: string) => void
}

export interface Report {
  /** how many malformed, oversize or endless things were sent */
  inputs: number
  /** the first line of what the program died of; undefined when it is still up */
  crash: string | undefined
  /** how much the honest guests said meanwhile */
  said: number
  /** how much of it somebody did not hear */
  lost: number
  /** the most memory that the program took, MB; undefined where the system does not tell */
  peakMb: number | undefined
}

/** Runs a program, lets three honest guests chat there, and throws everything at it meanwhile. */
export async function attack(assault: Assault): Promise<Report> {
  const { dir, step, seed, part = 1, only = Object.keys(attacks), onAttack } = assault
  const program = await runFresh(dir, { compiled: true })
  const memory = watchMemory(program.pid)
  const honest = await threeHonestGuests(step, program.url)
  const cookie = step >= firstWithAccounts ? await cookieOf(program.url, 'stranger') : ''
  const words = [program.url, cookie, String(seed), String(part), ...only]
  const inputs = await inItsOwnProcess(words, onAttack)
  const { said, lost } = await honest.end(program.running ? settleMs : 0)
  const crash = program.running ? undefined : (firstError(program.output) ?? 'it ended without a word')
  const peakMb = memory.stop()
  await program.stop()
  return { inputs, crash, said, lost, peakMb }
}

/** What a report says against the program; empty when it has stood. */
export function weaknesses({ crash, lost, said, peakMb }: Report): string[] {
  return [
    crash && `it died: ${crash}`,
    said === 0 && 'nobody honest could say anything',
    lost > 0 && `${lost} times somebody did not hear what was said`,
    peakMb !== undefined && peakMb > mostMb && `it took ${peakMb} MB, and ${mostMb} are allowed`,
  ].filter((weakness) => typeof weakness === 'string')
}

async function inItsOwnProcess(words: string[], onAttack?: (name: string) => void): Promise<number> {
  const child = fork(attacker, words, { execArgv: ['--import', import.meta.resolve('tsx')] })
  let inputs = 0
  let now = ''
  child.on('message', (message) => {
    if (typeof message === 'number') inputs = message
    else onAttack?.((now = String(message)))
  })
  const [exitCode] = await once(child, 'close')
  if (exitCode !== 0) throw new Error(`the attack “${now}” itself went wrong, exit code ${exitCode}`)
  return inputs
}

function watchMemory(pid: number | undefined): { stop(): number | undefined } {
  let peak: number | undefined
  const timer = setInterval(async () => {
    const now = pid && (await residentMb(pid))
    if (now) peak = Math.max(peak ?? 0, now)
  }, sampleMs)
  return {
    stop() {
      clearInterval(timer)
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
