import { paint } from '../terminal/colour.ts'
import { say } from '../terminal/wrap.ts'
import { keepRunning, type LiveProgramOptions, type LiveState } from './keep-running.ts'

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const // SIGHUP: the terminal was closed, on Windows too

export interface TerminalOptions extends Pick<LiveProgramOptions, 'dir' | 'port' | 'command'> {
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
export async function runAtTerminal(options: TerminalOptions): Promise<number> {
  const { dir, port, command, greeting = [], signal } = options
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
      say(...greeting)
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

/** Prints a program's line to the stream that it came from. */
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
  console.error('Fix it and save the file: the program then starts by itself.')
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

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    if (signal.aborted) resolve()
  })
}
