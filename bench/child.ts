import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A process of ours that is given one order at a time. */
export interface Child<Order, Answer> {
  /** @throws Error when it could not be done, or the process has ended */
  ask(order: Order): Promise<Answer>
  stop(): Promise<void>
}

/**
 * @param file the program, absolute
 * @param isAnswer tells its answers from anything else
 * @param onLine called with what it prints, which is only trouble
 */
export function startChild<Order extends object, Answer extends { problem?: string }>(
  file: string,
  isAnswer: (value: unknown) => value is Answer,
  onLine: (line: string) => void = () => {},
): Child<Order, Answer> {
  const child = fork(file, {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => onLine(text.trim()))
  const ended = once(child, 'exit')

  return {
    async ask(order) {
      const answer = new Promise<Answer>((resolve, reject) => {
        child.once('message', (told: unknown) => {
          if (isAnswer(told)) resolve(told)
          else reject(new Error(`a process of the bench said ${JSON.stringify(told)}`))
        })
      })
      const gone = ended.then(() => Promise.reject<Answer>(new Error('a process of the bench has ended')))
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
