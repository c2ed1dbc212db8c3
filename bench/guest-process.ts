import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { isTold, type Order, type Told } from './guests/orders.ts'

/** The process that all guests of a room live in. */
export interface GuestProcess {
  /** @throws Error when it could not be done, or the process has ended */
  ask(order: Order): Promise<Told>
  stop(): Promise<void>
}

/** @param onLine called with what it prints, which is only trouble */
export function startGuests(onLine: (line: string) => void): GuestProcess {
  const child: ChildProcess = fork(join(import.meta.dirname, 'guests', 'process.ts'), {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => onLine(text.trim()))
  // A Ctrl-C reaches every process of the terminal; when the bench is over, its channel ends this one.
  const ended = once(child, 'exit')

  return {
    async ask(order) {
      const answer = new Promise<Told>((resolve, reject) => {
        child.once('message', (told: unknown) => {
          if (isTold(told)) resolve(told)
          else reject(new Error(`the guests' process said ${JSON.stringify(told)}`))
        })
      })
      const gone = ended.then(() => Promise.reject<Told>(new Error('the guests’ process has ended')))
      child.send(order)
      const told = await Promise.race([answer, gone])
      if (told.problem) throw new Error(told.problem)
      return told
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await ended
    },
  }
}
