import { relative } from 'node:path'
import { root, type Step } from '../../course/course.ts'
import { keepRunning, rejectable, type LiveProgram, type LiveState } from '../../run/keep-running.ts'
import type { Faults, Wire } from '../../wire/open-wire.ts'

/** A folder with a program: a finished step, or `work/`. */
export interface ProgramFolder {
  /** absolute */
  readonly dir: string
  /** the step that it holds, or is on */
  readonly step: Step
}

export interface WiredProgramOptions extends ProgramFolder {
  /** where guests come in; 0 takes any free port */
  port: number
  /** what was typed, `npm run step 6` */
  command: string
  faults?: Faults
  /** listens from the start */
  on?: Partial<WiredProgramEvents>
}

/** What can be listened to. */
export interface WiredProgramEvents {
  /** how the program stands has changed, or another one runs now */
  state: (state: LiveState) => void
  /** a line that the program has printed; its own address is replaced by the wire's */
  line: (line: string, stream: 'stdout' | 'stderr') => void
  /** files that an edit has changed */
  edit: (files: readonly string[]) => void
}

/** A program that starts again at each edit, with a wire in front of it that stays open through all of that. */
export interface WiredProgram {
  /** where guests come in, `http://localhost:3000`: the wire's address */
  readonly url: string
  readonly wire: Wire
  readonly folder: ProgramFolder
  /** how many programs have been run here; an edit makes no new one */
  readonly runs: number
  /** how often one of them has started; an edit of the server is one more */
  readonly starts: number
  readonly state: LiveState
  /** rejects when something went wrong that is nobody's program's fault; otherwise it never settles */
  readonly failed: Promise<never>
  /** Runs another folder in place of this one, at the same address. */
  run(folder: ProgramFolder): Promise<void>
  /** Starts a program again that has ended by itself. Open pages stay as they are, and come back to it. */
  startAgain(): void
  on<Name extends keyof WiredProgramEvents>(name: Name, listener: WiredProgramEvents[Name]): void
  close(): Promise<void>
}

/** A folder as it is called in the project, `steps/06-typing`. */
export function placeOf({ dir }: ProgramFolder): string {
  return relative(root, dir).replaceAll('\\', '/')
}

/**
 * Starts a folder's program behind a wire.
 *
 * @throws Advice when the port is not to be had
 */
export async function startBehindWire(options: WiredProgramOptions): Promise<WiredProgram> {
  const { port, command, faults, on = {}, ...first } = options
  const listeners: { [Name in keyof WiredProgramEvents]: Set<WiredProgramEvents[Name]> } = {
    state: new Set(on.state ? [on.state] : []),
    line: new Set(on.line ? [on.line] : []),
    edit: new Set(on.edit ? [on.edit] : []),
  }
  const { promise: failed, reject: fail } = rejectable()
  let wire: Wire | undefined
  let folder: ProgramFolder = first
  let runs = 0
  let starts = 0
  let state: LiveState = { is: 'starting' }
  let program: LiveProgram | undefined

  async function start(next: ProgramFolder): Promise<void> {
    await program?.close()
    folder = next
    runs += 1
    become({ is: 'starting' })
    program = await keepRunning({
      dir: next.dir,
      port: 0, // nobody needs to know it: guests come through the wire
      command,
      onState: (now) => next === folder && become(now),
      onLine: (line, stream) => {
        if (/^http:\/\/localhost:\d+$/.test(line)) return // the wire's address stands for it
        for (const listener of listeners.line) listener(line, stream)
      },
      onEdit: (files) => {
        for (const listener of listeners.edit) listener(files)
      },
    })
    program.failed.catch(fail)
  }

  function become(next: LiveState) {
    if (next.is === 'running' && next !== state) starts += 1
    state = next
    if (!wire) return
    if (next.is === 'running') wire.pointAt(next.url)
    for (const listener of listeners.state) listener(next)
  }

  let turn = start(first)
  // Not at the top: the program starts while the wire is loaded.
  const { openWire } = await import('../../wire/open-wire.ts')
  const opened = await openWire({ port, command, faults }).catch(async (error: unknown) => {
    await turn
    await program?.close()
    throw error
  })
  wire = opened
  become(state)

  return {
    url: opened.url,
    wire: opened,
    get folder() {
      return folder
    },
    get runs() {
      return runs
    },
    get starts() {
      return starts
    },
    get state() {
      return state
    },
    failed,
    run(next) {
      turn = turn.then(() => start(next))
      return turn
    },
    startAgain: () => program?.startAgain(),
    on: (name, listener) => void listeners[name].add(listener),
    async close() {
      await turn
      await program?.close()
      await opened.close()
    },
  }
}
