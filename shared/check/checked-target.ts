import { EventEmitter } from 'node:events'
import { freemem } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { compile } from '../run/compile.ts'
import { runFresh, type FreshProgram } from '../run/run-fresh.ts'
import type { Checked } from './job.ts'

/** A program of one task, and the lines that it prints from now on. */
export interface StartedProgram {
  program: FreshProgram
  lines: EventEmitter<{ line: [string] }>
}

/** Programs that start while a task is at work with another. */
const maxPrestarted = 2
/** A learner who has saved nothing for so long leaves the machine to the programs of the other tasks. */
const calmMs = 1_000
/** How much memory is left to others, bytes: a program that waits takes 25 MB. */
const freeMemory = 2 * 1024 ** 3

/** One program that the tasks of a file are run against, and how that stands. */
export class CheckedTarget {
  readonly dir: string | undefined
  readonly url: string | undefined
  readonly stopAtFirst: boolean
  /** a task of this program has failed */
  failed = false
  readonly #only: readonly string[] | undefined
  readonly #startMs: number
  readonly #isAlone: boolean
  readonly #memory: () => number
  readonly #prestarted: Promise<StartedProgram>[] = []
  readonly #stopping: Promise<unknown>[] = []
  #due = 0
  #calm = new AbortController()
  #version: string | undefined
  #turn: Promise<void> | undefined

  /**
   * @param checked which program, and which tasks
   * @param options.startMs how long a program may take to start
   * @param options.isAlone the only program of its file: those of the next tasks are started early
   * @param options.memory how much is free, bytes; default: what the system says
   */
  constructor(
    { target, stopAtFirst = false, only }: Checked,
    options: { startMs: number; isAlone: boolean; memory?: () => number },
  ) {
    this.dir = target.dir
    this.url = target.url
    this.stopAtFirst = stopAtFirst
    this.#only = only
    this.#startMs = options.startMs
    this.#isAlone = options.isAlone
    this.#memory = options.memory ?? freemem
  }

  /** Whether a task of this name is to be run. It counts the tasks that are: ask once for each. */
  expects(name: string): boolean {
    const isExpected = this.#only?.includes(name) ?? true
    if (isExpected) this.#due += 1
    return isExpected
  }

  /**
   * Where several programs are checked, the tasks of each come one after the other. A program that is alone has several at
   * work at once, after the first: its verdict is the one that somebody waits for.
   */
  async takeTurn(): Promise<() => void> {
    const before = this.#turn
    let done = () => {}
    if (!before || !this.#isAlone) {
      this.#turn = new Promise((resolve) => {
        done = resolve
      })
    }
    await before
    return done
  }

  /** A fresh program. Those of the next tasks are started as well. */
  nextProgram(dir: string): Promise<StartedProgram> {
    this.#prestart()
    return this.#prestarted.shift() ?? this.#start(dir)
  }

  /** Starts the programs of the next tasks, and no more. What was started from a source that has been edited since is dropped. */
  async renew(): Promise<void> {
    this.#calm.abort()
    if (!this.dir) return
    const version = await compile(this.dir).catch(() => undefined) // Starting it says why it does not compile.
    if (version !== undefined && version === this.#version) return
    this.#version = version
    this.#drop()
    this.#prestart()
  }

  /** Starts the programs of all tasks, one after the other, where there is memory for them, until {@link renew} is called. */
  async startAhead(): Promise<void> {
    this.#calm.abort()
    this.#calm = new AbortController()
    const { signal } = this.#calm
    try {
      await setTimeout(calmMs, undefined, { signal })
      while (this.dir && this.#due > 0 && !signal.aborted && this.#memory() > freeMemory) {
        await this.#prestartOne(this.dir)
      }
    } catch {
      return // It was not calm, or the program does not start: the task that needs it says why.
    }
  }

  /** Stops a program; what it leaves behind goes while the next task is at work. */
  dismiss(program: FreshProgram): void {
    this.#stopping.push(program.stop())
  }

  /** Waits until all that was started has stopped. */
  async close(): Promise<void> {
    this.#calm.abort()
    this.#drop()
    this.#due = 0 // An edit may be on its way: nothing starts any more.
    await Promise.all(this.#stopping)
  }

  #prestart(): void {
    if (!this.#isAlone || !this.dir) return
    while (this.#prestarted.length <= maxPrestarted && this.#due > 0) void this.#prestartOne(this.dir)
  }

  #prestartOne(dir: string): Promise<StartedProgram> {
    this.#due -= 1
    const starting = this.#start(dir)
    this.#prestarted.push(starting)
    return starting
  }

  #drop(): void {
    for (const starting of this.#prestarted.splice(0)) {
      this.#due += 1
      const stopping = starting.then(({ program }) => program.stop())
      this.#stopping.push(stopping.catch(() => {})) // It did not start, so there is nothing to stop.
    }
  }

  #start(dir: string): Promise<StartedProgram> {
    const lines = new EventEmitter<{ line: [string] }>()
    const onLine = (line: string) => lines.emit('line', line)
    const starting = runFresh(dir, { compiled: true, onLine, patienceMs: this.#startMs }).then((program) => ({
      program,
      lines,
    }))
    starting.catch(() => {}) // The task that gets it awaits it too, and says what is wrong.
    return starting
  }
}
