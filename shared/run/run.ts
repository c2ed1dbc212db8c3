import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, relative, resolve as absolute } from 'node:path'
import { createInterface } from 'node:readline'
import { compile } from './compile.ts'
import { root } from '../course/course.ts'

/** A step's server that is running as a process of its own. */
export interface Program {
  /** where it answers, `http://localhost:49152` */
  readonly url: string
  /** the process's number, to ask the system about it */
  readonly pid: number | undefined
  /** all lines that it has printed, stdout and stderr as they came */
  readonly output: readonly string[]
  /** settles when the process has ended, with its exit code, or null when a signal ended it */
  readonly ended: Promise<number | null>
  /** true until the process has ended */
  readonly running: boolean
  /** Asks it to stop, as Ctrl-C does, and waits; after 2 s it is killed. */
  stop(): Promise<number | null>
  /** Ends it without a warning, as `kill -9` and a power cut do, and waits. */
  kill(): Promise<number | null>
}

export interface RunOptions {
  /** 0, the default, takes any free port */
  port?: number
  /** more environment variables for the program */
  env?: Record<string, string>
  /** called with each line that it prints */
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /** how long it may take until it prints its address; default 15,000 */
  patienceMs?: number
  /** stops it while it starts; run then throws DidNotStart */
  signal?: AbortSignal
  /** compile it first, and start it without tsx: worth it for a program that is started again and again */
  compiled?: boolean
}

/** A program that ended, or printed no address in time. */
export class DidNotStart extends Error {
  override name = 'DidNotStart'
  readonly output: readonly string[]

  /** @param output what it printed until then */
  constructor(message: string, output: readonly string[]) {
    super(message)
    this.output = output
  }
}

const tsx = import.meta.resolve('tsx')
const tellPorts = join(import.meta.dirname, 'tell-ports.cjs')

/**
 * Starts a step's server as a child process and waits until it prints its address: the first one that it prints and on
 * whose port this very process listens. A program may speak of other addresses before, and other programs answer there.
 *
 * @param dir the folder that holds server.ts
 * @throws DidNotStart with the first line of its error
 */
export async function run(dir: string, options: RunOptions = {}): Promise<Program> {
  const { port = 0, env = {}, onLine, patienceMs = 15_000, signal, compiled = false } = options
  const file = join(dir, 'server.ts')
  if (!existsSync(file)) throw new DidNotStart(`${inProject(file)} is missing`, [])
  const child = spawn(process.execPath, ['--require', tellPorts, ...(await startOf(dir, compiled))], {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: '0', ...env, PORT: String(port) },
    // The channel carries the ports. When it breaks, the program knows that we are gone and stops too.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })

  const output: string[] = []
  let running = true
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => {
      running = false
      resolve(exitCode)
    })
  })

  const stop = async () => {
    if (!running) return ended
    const timer = setTimeout(() => child.kill('SIGKILL'), 2_000)
    // Windows has no signals that a program can answer; there the closed channel says the same.
    if (process.platform !== 'win32') child.kill('SIGTERM')
    else if (child.connected) child.disconnect()
    return ended.finally(() => clearTimeout(timer))
  }

  const kill = () => {
    child.kill('SIGKILL')
    return ended
  }

  const printed = new Set<number>() // ports
  const opened = new Set<number>()

  const url = await new Promise<string>((resolve, reject) => {
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) void stop()
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new DidNotStart(`${describeSilence(printed, opened)} within ${patienceMs / 1000} s`, output))
    }, patienceMs)
    const look = () => {
      const own = [...printed].find((one) => opened.has(one))
      if (own === undefined) return
      clearTimeout(timer)
      resolve(`http://localhost:${own}`)
    }
    const hear = (stream: 'stdout' | 'stderr') => (line: string) => {
      output.push(line)
      onLine?.(line, stream)
      for (const [, digits] of line.matchAll(/http:\/\/localhost:(\d+)/g)) printed.add(Number(digits))
      look()
    }
    child.on('message', (told) => {
      if (typeof told !== 'object' || !('listensOn' in told) || typeof told.listensOn !== 'number') return
      opened.add(told.listensOn)
      look()
    })
    createInterface({ input: child.stdout! }).on('line', hear('stdout'))
    createInterface({ input: child.stderr! }).on('line', hear('stderr'))
    ended
      .then(
        () => reject(new DidNotStart(firstError(output) ?? 'it ended without printing an address', output)),
        reject,
      )
      .finally(() => clearTimeout(timer))
  }).finally(() => signal?.removeEventListener('abort', stop))

  return {
    url,
    pid: child.pid,
    output,
    ended,
    get running() {
      return running
    },
    stop,
    kill,
  }
}

/**
 * Why a program's address is not known yet.
 *
 * @param printed the ports of the addresses that it has printed
 * @param opened the ports on which it listens
 */
export function describeSilence(printed: ReadonlySet<number>, opened: ReadonlySet<number>): string {
  const [wrong] = printed
  const [right] = opened
  if (right === undefined && wrong !== undefined)
    return `it printed http://localhost:${wrong}, and listened on no port`
  if (right === undefined) return 'it printed no address http://localhost:<port>'
  const said = wrong === undefined ? 'no address' : `http://localhost:${wrong}`
  return `it listens on port ${right}, and printed ${said} in place of http://localhost:${right}`
}

/** The words behind `node`. */
async function startOf(dir: string, compiled: boolean): Promise<string[]> {
  const byTsx = ['--import', tsx, join(dir, 'server.ts')]
  if (!compiled) return byTsx
  try {
    return ['--enable-source-maps', await compile(dir)]
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if ('errors' in error) {
      // esbuild's message holds the same lines that tsx prints.
      const output = error.message.split('\n')
      throw new DidNotStart(firstError(output) ?? error.message, output)
    }
    if ('code' in error) return byTsx // Nothing can be written here; the other way needs no file.
    throw error
  }
}

/**
 * The line that tells most in what a program printed before it died: `SyntaxError: … (work/server.ts line 3)`.
 *
 * @param output the program's lines
 * @returns when nothing in it looks like an error, its first line; undefined when it printed none
 */
export function firstError(output: readonly string[]): string | undefined {
  // esbuild's own line, from which tsx makes a TransformError: "<file>:3:6: ERROR: Expected ";" but found "x"".
  for (const line of output) {
    const transform = /^(.+?):(\d+):\d+: ERROR: (.+)$/.exec(line)
    if (transform)
      return `SyntaxError: ${transform[3]} (${inProject(absolute(root, transform[1]!))} line ${transform[2]}${/^Expected "[)\]}]"/.test(transform[3]!) ? ', or just above it' : ''})`
  }
  const reason = machineTrouble(output)
  if (reason) return reason
  const at = output.findIndex(isError)
  if (at < 0) return output.find((line) => line.trim() && !line.startsWith('http://'))
  const place = output.slice(at).map(placeIn).find(Boolean) ?? output.map(placeIn).find(Boolean)
  return place ? `${output[at]} (${place})` : output[at]
}

/** What is wrong around the program, where its own error only names the line that met it; undefined for all else. */
function machineTrouble(output: readonly string[]): string | undefined {
  const at = output.findIndex((line) => isError(line) && !line.startsWith('SqliteError'))
  const error = output.slice(Math.max(at, 0)).join('\n')
  if (/better[-_]sqlite3/.test(error) && /bindings file|NODE_MODULE_VERSION|ERR_DLOPEN_FAILED/.test(error)) {
    const why = error.includes('NODE_MODULE_VERSION')
      ? 'it was installed for another release of Node'
      : 'its binary is missing or does not fit'
    return `Error: SQLite (better-sqlite3) does not load on this machine: ${why}. Your code is not the reason. What to type:  npm run doctor`
  }
  const [, port] = /listen EADDRINUSE: address already in use .*?:(\d+)$/m.exec(error) ?? []
  if (!port) return undefined
  const place = output.slice(at).map(placeIn).find(Boolean)
  return `Error: port ${port} is taken, and your program asks for that one itself: use await listen(server), or process.env.PORT${place ? ` (${place})` : ''}`
}

/** True for the first line of an error that a program printed: `TypeError: …`, not for its stack. */
export function isError(line: string): boolean {
  return /^(Uncaught )?\w*(Error|Exception)\b.*:/.test(line)
}

/** The place that a stack trace's line, or the line above a syntax error, names: "work/server.ts line 3". */
function placeIn(line: string): string | undefined {
  const found = /(?:file:\/\/)?((?:[A-Za-z]:)?[\\/][^()]*?\.ts):(\d+)/.exec(line)
  if (!found || found[1]!.includes('node_modules')) return undefined
  return `${inProject(found[1]!)} line ${found[2]}`
}

function inProject(file: string): string {
  return relative(root, file).replaceAll('\\', '/')
}
