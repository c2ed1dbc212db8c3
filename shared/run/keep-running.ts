import { join, relative } from 'node:path'
import { isPageFile, root } from '../course/course.ts'
import { crashPlace, type CrashPlace } from './crash-place.ts'
import { openReloadServer } from './reload-server.ts'
import { DidNotStart, firstError, run, type Program } from './run.ts'
import { watchEdits } from './watch-edits.ts'

const staticDir = join(root, 'static')
const maxComplaints = 40 // lines: as far back as a crash's own error may stand

/** How a folder's program stands. */
export type LiveState =
  | { readonly is: 'starting' }
  | { readonly is: 'running'; readonly url: string }
  /** it has stopped, or did not start; `what` says which, `error` is the first line of why, `place` where, if that is known */
  | { readonly is: 'down'; readonly what: string; readonly error: string; readonly place?: CrashPlace }
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
  /** Starts a program again that has ended by itself. Open pages stay as they are, and come back to it. */
  startAgain(): void
  close(): Promise<void>
}

/**
 * Runs a folder's program: an edit of the server starts it again, and after every edit the open pages load themselves
 * again. A program that does not start, or dies, starts again at the next save, whether it has changed anything or not: the
 * reason may lie elsewhere.
 */
export async function keepRunning(options: LiveProgramOptions): Promise<LiveProgram> {
  const { dir, command, onLine, onState, onEdit } = options
  const file = relative(root, join(dir, 'server.ts')).replaceAll('\\', '/')
  const pages = await openReloadServer()
  let port = options.port
  let attempt = new AbortController()
  let program: Program | undefined
  let state: LiveState = { is: 'starting' }
  const { promise: failed, reject: fail } = rejectable()

  function become(next: LiveState) {
    state = next
    onState?.(next)
  }

  async function start(): Promise<void> {
    const { signal } = attempt
    const held: string[] = [] // A trace is noise beside its first line; a warning is shown once it runs.
    const complaints: string[] = [] // What it said about its guests is no reason why it has stopped.
    try {
      const started = await run(dir, {
        port,
        compiled: true,
        env: { WORKSHOP_COMMAND: command, RELOAD_URL: pages.url },
        signal,
        onLine: (line, stream) => {
          if (stream === 'stderr') complaints.push(line)
          if (complaints.length > maxComplaints) complaints.shift()
          if (stream === 'stdout' || program) onLine?.(line, stream)
          else held.push(line)
        },
      })
      if (signal.aborted) {
        await started.stop()
        return
      }
      program = started
      port = Number(new URL(started.url).port)
      for (const line of held) onLine?.(line, 'stderr')
      become({ is: 'running', url: started.url })
      void started.ended.then((exitCode) => {
        if (signal.aborted) return
        program = undefined
        become({ is: 'down', what: `${file} has stopped`, ...whyEnded(exitCode, complaints, dir) })
      })
    } catch (error) {
      if (!(error instanceof DidNotStart)) throw error
      if (signal.aborted) return
      // listen.ts has found the words.
      if (held.some((line) => line.includes(`${command} -- --port `))) become({ is: 'refused', words: held })
      else {
        const place = crashPlace(error.output, dir)
        become({ is: 'down', what: `${file} does not start`, error: error.message, place })
      }
    }
  }

  /** Edits may come faster than a server starts: only the last of them gets as far as that. */
  function restart(isEdit: boolean) {
    attempt.abort()
    const mine = (attempt = new AbortController())
    const old = program
    program = undefined
    turn = turn.then(async () => {
      await old?.stop()
      if (mine.signal.aborted) return
      become({ is: 'starting' })
      await start()
      if (program && isEdit) pages.reload()
    })
    turn.catch(fail)
  }

  const stopWatching = [
    // Before the program reads the folder: an edit from here on is one.
    watchEdits({
      dir,
      matters: (name) => isServerSide(name) || isPageFile(name),
      countsUnchanged: () => state.is === 'down',
      onEdit(names) {
        onEdit?.(names)
        if (state.is === 'down' || names.some(isServerSide)) restart(true)
        else pages.reload()
      },
    }),
    watchEdits({ dir: staticDir, onEdit: () => pages.reload() }),
  ]
  let turn = start()
  turn.catch(fail)

  return {
    get state() {
      return state
    },
    failed,
    startAgain: () => restart(false),
    async close() {
      for (const stop of stopWatching) stop()
      attempt.abort()
      await turn
      await program?.stop()
      pages.close()
    },
  }
}

/** A promise that nobody has to listen to, and what rejects it. */
export function rejectable(): { promise: Promise<never>; reject: (error: unknown) => void } {
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<never>((_resolve, rejectIt) => {
    reject = rejectIt
  })
  promise.catch(() => {}) // Whoever waits for it hears of it.
  return { promise, reject }
}

/** events.ts is on both sides: the server starts again, and then the pages load again. */
function isServerSide(file: string): boolean {
  return file.endsWith('.ts') && !isPageFile(file) && !file.endsWith('.test.ts')
}

/**
 * Why a program has ended. An error that it has printed is the reason only when it ended with one: it may have gone on for
 * hours since.
 *
 * @param exitCode null when a signal ended it
 * @param complaints the last lines that it has printed to stderr
 * @param dir the folder that holds its server.ts
 * @returns the first line of why, and where, if that is known
 */
export function whyEnded(
  exitCode: number | null,
  complaints: readonly string[],
  dir: string,
): { error: string; place?: CrashPlace } {
  if (exitCode === null) {
    const fatal = complaints.find((line) => line.startsWith('FATAL ERROR'))
    return { error: fatal ?? 'it was killed' }
  }
  if (exitCode === 0) return { error: 'it ended by itself' }
  return { error: firstError(complaints) ?? 'it ended by itself', place: crashPlace(complaints, dir) }
}
