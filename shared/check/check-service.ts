import { createHash } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findStep, root } from '../course/course.ts'
import { launchBrowserServer } from './browser.ts'
import type { CheckResult, Job, TaskResult } from './job.ts'
import type { PreparedCheck } from './run-checks.ts'

/** Which check is asked for: a step's, against a folder. */
export interface Wanted {
  /** the step's number */
  step: number
  /** absolute */
  dir: string
}

/** A line of the service's. */
type Answer =
  | { task: TaskResult }
  | { tasks: TaskResult[] }
  /** another check than the prepared one was asked for, or it cannot be run here: the caller runs it */
  | { notHere: string }

/**
 * Where the service listens: a socket in the file system or, on Windows, a pipe. A page in a browser cannot reach either.
 * Another user of this machine may not write to the socket.
 */
const usualAddress =
  process.platform === 'win32'
    ? `\\\\.\\pipe\\on-the-wire-${projectId()}`
    : join(tmpdir(), `on-the-wire-${process.getuid?.()}-${projectId()}.sock`)

/** Copies of the project have services of their own. */
function projectId(): string {
  return createHash('sha256').update(root).digest('hex').slice(0, 12)
}

/** A check that waits, or soon will. */
interface Prepared {
  wanted: Wanted
  check: Promise<PreparedCheck>
}

export interface CheckService {
  /** Prepares another check than before. */
  prepare(wanted: Wanted): void
  /** Tells it that the program was edited. */
  edited(): void
  /** Settles when a check waits. */
  waits(): Promise<void>
  close(): Promise<void>
}

/**
 * Keeps a check prepared: vitest loaded, a browser open, the next programs started. `npm run check` asks it, and has its
 * verdict sooner.
 *
 * @param wanted the check that will most likely be asked for
 * @param address default: the one of this project and user
 * @returns undefined when another process of this project has such a service already
 */
export async function openCheckService(
  wanted: Wanted,
  address = usualAddress,
): Promise<CheckService | undefined> {
  const server = createServer((socket) => void serve(socket))
  if (!(await listens(server, address))) return undefined
  const { prepareCheck } = await import('./run-checks.ts') // not at the top: who asks the service needs no vitest
  const browser = launchBrowserServer()
  browser.catch(() => {}) // Preparing a check awaits it, and tells.
  let current = start(wanted, Promise.resolve())
  let closing: Promise<void> | undefined

  /** @param before what has to end first */
  function start(next: Wanted, before: Promise<unknown>): Prepared {
    const check = before
      .catch(() => {})
      .then(async () => {
        const job: Job = { step: findStep(String(next.step)), target: { dir: next.dir }, stopAtFirst: true }
        return prepareCheck(job, (await browser)?.wsEndpoint())
      })
    check.catch(() => {}) // Who asks for it is told.
    return { wanted: next, check }
  }

  function prepare(next: Wanted): void {
    if (!isSame(next, current.wanted)) current = start(next, closed(current.check))
  }

  async function serve(socket: Socket): Promise<void> {
    socket.on('error', () => socket.destroy()) // Whoever asked has gone.
    const tell = (answer: Answer) => void socket.write(`${JSON.stringify(answer)}\n`)
    const lines = createInterface({ input: socket })
    for await (const line of lines) {
      const asked = parse(line)
      if (!asked) continue
      const running = await run(asked, (task) => tell({ task }))
      tell(running ? await running.over : { notHere: 'another check is prepared here' })
      prepare(asked)
      socket.end()
    }
  }

  /**
   * Runs the prepared check, and has the next one prepared for when it is over.
   *
   * @returns undefined when another one than this is prepared
   */
  async function run(
    asked: Wanted,
    onTask: (task: TaskResult) => void,
  ): Promise<{ over: Promise<Answer> } | undefined> {
    for (;;) {
      const mine = current
      if (!isSame(asked, mine.wanted)) return undefined
      const check = await mine.check.catch(() => undefined)
      if (mine !== current) continue // In the meantime somebody else has taken it, or wanted another.
      if (check?.isOutdated()) {
        current = start(asked, closed(mine.check))
        continue
      }
      const running = mine.check.then((one) => one.run(onTask))
      const over = running.then(
        ({ tasks }): Answer => ({ tasks }),
        (error: unknown): Answer => ({ notHere: error instanceof Error ? error.message : String(error) }),
      )
      current = start(
        asked,
        over.then(() => closed(mine.check)),
      )
      return { over }
    }
  }

  return {
    prepare,
    edited: () => void current.check.then((check) => check.edited()).catch(() => {}), // There is none: who asks is told.
    waits: async () => void (await current.check),
    close: () => (closing ??= close()),
  }

  async function close(): Promise<void> {
    server.close()
    await closed(current.check)
    const opened = await browser.catch(() => undefined) // Preparing a check has told it.
    await opened?.close()
  }
}

function isSame(one: Wanted, other: Wanted): boolean {
  return one.step === other.step && one.dir === other.dir
}

/** Waits until a prepared check has gone. One that could not be prepared is gone already. */
async function closed(check: Promise<PreparedCheck>): Promise<void> {
  await check.then(
    (one) => one.close(),
    () => {},
  )
}

/**
 * Asks the service of this project, where one runs, for the check that it has prepared.
 *
 * @param onTask called as each task ends
 * @param address default: the one of this project and user
 * @returns undefined when no service runs, or it has another check prepared
 */
export async function askCheckService(
  job: Job,
  onTask: (task: TaskResult) => void,
  address = usualAddress,
): Promise<CheckResult | undefined> {
  const { dir, url } = job.target
  if (!dir || url) return undefined
  const socket = await dial(address)
  if (!socket) return undefined
  const wanted: Wanted = { step: job.step.number, dir }
  socket.write(`${JSON.stringify(wanted)}\n`)
  for await (const line of createInterface({ input: socket })) {
    const answer: Answer = JSON.parse(line)
    if ('notHere' in answer) break
    if ('tasks' in answer) return { ...job, tasks: answer.tasks }
    onTask(answer.task)
  }
  socket.destroy()
  return undefined
}

/** Who made the socket answers at it: another user's is not asked. */
async function dial(address: string): Promise<Socket | undefined> {
  const owner = await stat(address).catch(() => undefined) // There is none, or it is a pipe.
  if (owner && process.getuid && owner.uid !== process.getuid()) return undefined
  return new Promise((resolve) => {
    const socket = connect(address, () => resolve(socket))
    socket.once('error', () => resolve(undefined)) // Nobody listens: the check is run without it.
  })
}

/** False when another process listens already. What a process left behind that was killed is put away. */
async function listens(server: Server, address: string): Promise<boolean> {
  const other = await dial(address)
  other?.destroy()
  if (other) return false
  if (process.platform !== 'win32') await rm(address, { force: true })
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    server.listen(address, () => resolve(true))
  })
}

function parse(line: string): Wanted | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || !('step' in value) || !('dir' in value))
      return undefined
    if (typeof value.step !== 'number' || typeof value.dir !== 'string') return undefined
    return { step: value.step, dir: value.dir }
  } catch {
    return undefined // Whoever wrote this, it was not askCheckService.
  }
}
