import { readFileSync, readdirSync, watch } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { join, relative } from 'node:path'
import { paint } from '../terminal/colour.ts'
import { root } from '../course/course.ts'
import { DidNotStart, firstError, run, type Program } from './run.ts'

const staticDir = join(root, 'static')
const settleMs = 30 // an editor writes a file in several gulps
const mostMisses = 10 // looks: some take the old file away before the new one is there
const pulseMs = 1_000
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const // SIGHUP: the terminal was closed, on Windows too
const lastWords = 40 // lines: as far back as a crash's own error may stand

/** How a folder's program stands. */
export type LiveState =
  | { readonly is: 'starting' }
  | { readonly is: 'running'; readonly url: string }
  /** it has stopped, or did not start; `what` says which, `error` is the first line of why */
  | { readonly is: 'down'; readonly what: string; readonly error: string }
  /** its port is not to be had, and no edit frees a port */
  | { readonly is: 'refused'; readonly words: readonly string[] }

export interface LiveProgramOptions {
  /** the folder that holds server.ts, absolute */
  dir: string
  /** where it listens; 0 takes any free port, and keeps it through restarts */
  port: number
  /** what the learner typed, `npm run step 5`; advice about the port starts with it */
  command: string
  /** a line that the program has printed */
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  onState?: (state: LiveState) => void
  /** the names of the files that an edit has changed */
  onEdit?: (files: readonly string[]) => void
}

/** A folder's program that starts again at each edit. */
export interface LiveProgram {
  readonly state: LiveState
  /** rejects when something went wrong that is not the program's fault; otherwise it never settles */
  readonly failed: Promise<never>
  close(): Promise<void>
}

/**
 * Runs a folder's program: an edit of the server starts it again, and after every edit the open pages load themselves
 * again. A program that does not start, or dies, is waited for until an edit mends it.
 */
export async function keepRunning(options: LiveProgramOptions): Promise<LiveProgram> {
  const { dir, command, onLine, onState, onEdit } = options
  const file = relative(root, join(dir, 'server.ts')).replaceAll('\\', '/')
  const pages = await openPages()
  let port = options.port
  let attempt = new AbortController()
  let program: Program | undefined
  let state: LiveState = { is: 'starting' }

  function become(next: LiveState) {
    state = next
    onState?.(next)
  }

  async function start(): Promise<void> {
    const mine = attempt
    const held: string[] = [] // A trace is noise beside its first line; a warning is shown once it runs.
    const complaints: string[] = [] // What it said about its guests is no reason why it has stopped.
    try {
      const started = await run(dir, {
        port,
        compiled: true,
        env: { WORKSHOP_COMMAND: command, RELOAD_URL: pages.url },
        signal: mine.signal,
        onLine: (line, stream) => {
          if (stream === 'stderr') complaints.push(line)
          if (complaints.length > lastWords) complaints.shift()
          if (stream === 'stdout' || program) onLine?.(line, stream)
          else held.push(line)
        },
      })
      if (mine.signal.aborted) {
        await started.stop()
        return
      }
      program = started
      port = Number(new URL(started.url).port)
      for (const line of held) onLine?.(line, 'stderr')
      become({ is: 'running', url: started.url })
      void started.ended.then(() => {
        if (mine.signal.aborted) return
        program = undefined
        const error = firstError(complaints) ?? 'it ended by itself'
        become({ is: 'down', what: `${file} has stopped`, error })
      })
    } catch (error) {
      if (!(error instanceof DidNotStart)) throw error
      if (mine.signal.aborted) return
      // listen.ts has found the words.
      if (held.some((line) => line.includes(`${command} -- --port `))) become({ is: 'refused', words: held })
      else become({ is: 'down', what: `${file} does not start`, error: error.message })
    }
  }

  /** Edits may come faster than a server starts: only the last of them gets as far as that. */
  function restart() {
    attempt.abort()
    const mine = (attempt = new AbortController())
    const old = program
    program = undefined
    turn = turn.then(async () => {
      await old?.stop()
      if (mine.signal.aborted) return
      become({ is: 'starting' })
      await start()
      if (program) pages.reload()
    })
    turn.catch(fail)
  }

  let fail: (error: unknown) => void = () => {}
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  failed.catch(() => {}) // Whoever waits for it hears of it.

  const known = contentsOf(dir) // before the program reads them: an edit from here on is one
  let turn = start()
  turn.catch(fail)
  const stopWatching = [
    watchEdits({
      dir,
      known,
      matters: (name) => isServerSide(name) || isPageSide(name),
      changed(names) {
        onEdit?.(names)
        if (names.some(isServerSide)) restart()
        else pages.reload()
      },
    }),
    watchEdits({
      dir: staticDir,
      known: contentsOf(staticDir),
      matters: () => true,
      changed: () => pages.reload(),
    }),
  ]

  return {
    get state() {
      return state
    },
    failed,
    async close() {
      for (const stop of stopWatching) stop()
      attempt.abort()
      await turn
      await program?.stop()
      pages.close()
    },
  }
}

export interface LiveOptions extends Pick<LiveProgramOptions, 'dir' | 'port' | 'command'> {
  /** printed once, below the program's address */
  greeting?: readonly string[]
  /** ends it, as Ctrl-C does */
  signal?: AbortSignal
}

/**
 * {@link keepRunning} at a terminal, until Ctrl-C.
 *
 * @returns the exit code: 0 after Ctrl-C, 1 when the port is not to be had
 */
export async function live({ dir, port, command, greeting = [], signal }: LiveOptions): Promise<number> {
  let isGreeted = false
  const portRefused = new AbortController()
  const program = await keepRunning({
    dir,
    port,
    command,
    onLine: print,
    onEdit: printEdit,
    onState(state) {
      printTrouble(state)
      if (state.is === 'refused') portRefused.abort()
      if (state.is !== 'running' || isGreeted) return
      isGreeted = true
      for (const line of greeting) console.log(line)
    },
  })
  const exitCode = await Promise.race([
    askedToStop(signal).then(() => 0),
    aborted(portRefused.signal).then(() => 1),
    program.failed,
  ])
  await program.close()
  return exitCode
}

/** Prints a program's line where it belongs. */
export function print(line: string, stream: 'stdout' | 'stderr'): void {
  if (stream === 'stdout') console.log(line)
  else console.error(line)
}

/** Prints which files have changed. */
export function printEdit(files: readonly string[]): void {
  console.log(paint('dim', `${files.join(', ')} changed`))
}

/** Prints why a program does not run; nothing when it does. */
export function printTrouble(state: LiveState): void {
  if (state.is === 'refused') for (const line of state.words) console.error(line)
  if (state.is !== 'down') return
  console.error(`${state.what}: ${state.error}`)
  console.error('Save the file again once it is mended; it starts by itself.')
}

/**
 * Waits for Ctrl-C, or for the terminal to be closed.
 *
 * @param signal ends the waiting as well
 */
export async function askedToStop(signal?: AbortSignal): Promise<void> {
  const asked = new AbortController()
  const ask = () => asked.abort()
  for (const name of endings) process.on(name, ask)
  signal?.addEventListener('abort', ask, { once: true })
  if (signal?.aborted) ask()
  await aborted(asked.signal)
  for (const name of endings) process.off(name, ask)
}

/** events.ts is on both sides: the server starts again, and then the pages load again. */
function isServerSide(file: string): boolean {
  return file.endsWith('.ts') && file !== 'client.ts' && !file.endsWith('.test.ts')
}

function isPageSide(file: string): boolean {
  return file === 'client.ts' || file === 'index.html'
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    if (signal.aborted) resolve()
  })
}

/** What a folder's own files hold, by name. A file that cannot be read right now is as good as not there. */
function contentsOf(dir: string): Map<string, string> {
  const contents = new Map<string, string>()
  const entries = orNothing(() => readdirSync(dir, { withFileTypes: true })) ?? []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const content = orNothing(() => readFileSync(join(dir, entry.name), 'latin1'))
    if (content !== undefined) contents.set(entry.name, content)
  }
  return contents
}

function orNothing<Result>(read: () => Result): Result | undefined {
  try {
    return read()
  } catch (error) {
    if (isFileError(error)) return undefined
    throw error
  }
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'code' in error
}

interface Watch {
  dir: string
  /** what its files held to begin with */
  known: Map<string, string>
  matters: (file: string) => boolean
  changed: (files: string[]) => void
}

/**
 * Calls back with the names of the files whose contents have changed.
 *
 * @returns a function that ends it
 */
function watchEdits({ dir, known, matters, changed }: Watch): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let misses = 0

  function look() {
    const now = contentsOf(dir)
    const files = [...new Set([...known.keys(), ...now.keys()])].filter(
      (file) => matters(file) && known.get(file) !== now.get(file),
    )
    if (files.some((file) => known.has(file) && !now.get(file))) {
      misses += 1
      if (misses < mostMisses) return lookSoon()
    }
    misses = 0
    known = now
    if (files.length > 0) changed(files)
  }

  function lookSoon() {
    clearTimeout(timer)
    timer = setTimeout(look, settleMs)
  }

  // Some file systems report nothing (a Windows drive seen from WSL, a network drive), and some machines have run
  // out of watchers. Looking by oneself is slower, and always works.
  const pulse = setInterval(look, pulseMs)
  const watcher = watchFolder(dir, lookSoon)
  return () => {
    watcher?.close()
    clearInterval(pulse)
    clearTimeout(timer)
  }
}

function watchFolder(dir: string, onEvent: () => void) {
  const watcher = orNothing(() => watch(dir, onEvent))
  watcher?.on('error', () => watcher.close()) // The pulse goes on.
  return watcher
}

/**
 * The door at which open pages wait for the word to load again. It has an address of its own, so that it neither
 * takes one of a browser's six connections to the program nor shows up among the program's bytes.
 */
async function openPages() {
  const waiting = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    const { host = '', origin } = request.headers
    // Any name may be made to point here; a page that came by another one is not ours.
    // From which port, nobody knows here: a wire may stand in front of the program.
    const isOurs = !origin || /^http:\/\/(localhost|127\.0\.0\.1):\d+$/.test(origin)
    if (!/^(localhost|127\.0\.0\.1):\d+$/.test(host) || !isOurs) {
      response.writeHead(403).end()
      return
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      ...(origin && { 'access-control-allow-origin': origin, vary: 'origin' }),
    })
    response.write('retry: 500\n\n')
    waiting.add(response)
    response.once('close', () => waiting.delete(response))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')

  return {
    url: `http://127.0.0.1:${address.port}`,
    reload() {
      for (const response of waiting) response.write('event: reload\ndata:\n\n')
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
