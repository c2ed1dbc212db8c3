import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Wanted } from './check-service.ts'

const maxStopMs = 1_000
const file = join(import.meta.dirname, 'check-service-process.ts')

/** What the process is told. */
type ServiceOrder = { do: 'prepare'; wanted: Wanted } | { do: 'edited' }

/** A check that is kept prepared by a process of its own, so that the wire never waits for it. */
export interface CheckServiceProcess {
  /** Prepares another check than before. */
  prepare(wanted: Wanted): void
  /** Tells it that the program was edited. */
  edited(): void
  stop(): Promise<void>
}

/**
 * Starts the process. Without it everything works as well, and `npm run check` takes longer: so nothing is said when it
 * does not start, or ends.
 *
 * @param delayMs starts it later, when the program and its page have had the machine for themselves
 */
export function startCheckService(wanted: Wanted, delayMs = 0): CheckServiceProcess {
  let latest = wanted
  let child: ChildProcess | undefined
  const isWanted = process.env.WARM_CHECK !== 'no' // It keeps a browser in memory, and a test that runs a program needs none.
  const timer = setTimeout(() => {
    if (!isWanted) return
    child = fork(file, [String(latest.step), latest.dir], {
      execArgv: ['--import', import.meta.resolve('tsx')],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.once('error', () => (child = undefined))
    child.once('exit', () => (child = undefined))
  }, delayMs)
  const tell = (order: ServiceOrder) => {
    if (child?.connected) child.send(order)
  }

  return {
    prepare(next) {
      latest = next
      tell({ do: 'prepare', wanted: next })
    },
    edited: () => tell({ do: 'edited' }),
    async stop() {
      clearTimeout(timer)
      if (!child) return
      const stopping = child
      const ended = once(stopping, 'exit')
      if (stopping.connected) stopping.disconnect()
      // In the middle of preparing it would take seconds. Its browser and its programs go when it has gone.
      const killing = setTimeout(() => stopping.kill('SIGKILL'), maxStopMs)
      await ended
      clearTimeout(killing)
    },
  }
}

/** Whether a message is an order of {@link startCheckService}. */
export function isServiceOrder(value: unknown): value is ServiceOrder {
  if (typeof value !== 'object' || value === null || !('do' in value)) return false
  return value.do === 'edited' || (value.do === 'prepare' && 'wanted' in value)
}
