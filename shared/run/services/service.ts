import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const startMs = 60_000 // on a busy machine
const endMs = 5_000
const guardian = join(import.meta.dirname, 'guardian.mjs')

/** A program that others run beside a step's: a database, say. It keeps its data in a folder that goes with it. */
export interface Service {
  readonly port: number
  /** Ends it, and takes its data away. */
  stop(): Promise<void>
  /** Ends it without a warning, and starts it again on the same port with the same data. */
  restart(): Promise<void>
  /** Sends its process a signal: SIGHUP makes nginx read its configuration again. */
  signal(name: NodeJS.Signals): void
}

/** How one is started. */
export interface ServiceProgram {
  file: string
  arguments: string[]
  port: number
  /** the user and group that it runs as; this process's own when missing */
  as?: { uid: number; gid: number }
  /** the signal that ends it without waiting for who is connected; default SIGTERM */
  ending?: NodeJS.Signals
  /** the signal that ends it at once, as a power cut does; default SIGKILL */
  crash?: NodeJS.Signals
  /** takes away what it has left */
  clean: () => Promise<void>
}

/**
 * Starts one, and waits until it takes connections.
 *
 * @throws Error with what it printed, when it ends instead
 */
export async function startService(program: ServiceProgram): Promise<Service> {
  const { port, ending = 'SIGTERM', clean } = program
  let child = await begin(program).catch(async (error: unknown) => {
    await clean()
    throw error
  })
  return {
    port,
    signal: (name) => void child.kill(name),
    async stop() {
      await end(child, ending)
      await clean()
    },
    async restart() {
      await end(child)
      child = await begin(program)
    },
  }
}

/** A port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function begin(program: ServiceProgram): Promise<ChildProcess> {
  const output: string[] = []
  const { file, arguments: words, crash = 'SIGKILL', as, port } = program
  const told = JSON.stringify({ file, words, crash, options: { cwd: tmpdir(), ...as } })
  const child = spawn(process.execPath, [guardian, told], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // Ctrl-C is for us alone: the servers still have something to store.
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => output.push(String(text)))
  let failed: Error | undefined
  child.once('error', (error) => (failed = error))
  child.once('exit', () => (failed ??= new Error(output.join('').trim() || 'it ended without a word')))
  const deadline = performance.now() + startMs
  while (!(await answersAt(port))) {
    if (!failed && performance.now() > deadline) failed = new Error(`it does not listen on port ${port}`)
    if (failed) {
      await end(child)
      throw new Error(`${file} did not start: ${failed.message}`)
    }
    await wait(50)
  }
  return child
}

/** @param signal none ends it at once */
async function end(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  const atOnce = () => void child.stdin?.end()
  if (signal && process.platform !== 'win32') child.kill(signal)
  else atOnce()
  const timer = setTimeout(atOnce, endMs)
  await ended
  clearTimeout(timer)
}

function answersAt(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
