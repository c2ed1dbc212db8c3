// A process of the bench that is sent one command at a time: what starts it, and what runs inside it.
import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A process of ours, seen by the one that started it. */
export interface Child<Command, Report> {
  /** @throws Error when the command could not be done, or the process has ended */
  request(command: Command): Promise<Report>
  stop(): Promise<void>
}

/**
 * @param file the program, absolute; it calls {@link answerCommands}
 * @param isReport tells its reports from anything else
 * @param onLine called with what it prints, which is only trouble
 */
export function startChild<Command extends object, Report>(
  file: string,
  isReport: (value: unknown) => value is Report,
  onLine: (line: string) => void = () => {},
): Child<Command, Report> {
  const child = fork(file, {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => onLine(text.trim()))
  const ended = once(child, 'exit')

  return {
    async request(command) {
      const answer = new Promise<Report>((resolve, reject) => {
        child.once('message', (message: unknown) => {
          if (isReport(message)) resolve(message)
          else reject(new Error(problemIn(message)))
        })
      })
      const gone = ended.then(() => Promise.reject<Report>(new Error('a process of the bench has ended')))
      child.send(command)
      return Promise.race([answer, gone])
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await ended
    },
  }
}

function problemIn(message: unknown): string {
  const isProblem = typeof message === 'object' && message !== null && 'problem' in message
  return isProblem ? String(message.problem) : `a process of the bench said ${JSON.stringify(message)}`
}

/** Inside the process: runs each command that comes, and sends its report, or what went wrong. */
export function answerCommands<Command>(
  isCommand: (value: unknown) => value is Command,
  run: (command: Command) => Promise<object>,
): void {
  process.on('message', (command: unknown) => {
    if (!isCommand(command)) throw new Error(`no command: ${JSON.stringify(command)}`)
    run(command).then(
      (report) => process.send?.(report),
      (error: Error) => process.send?.({ problem: error.message }),
    )
  })
  process.on('disconnect', () => process.exit(0))
  process.on('SIGINT', () => {}) // A Ctrl-C is meant for the bench, which ends this process when it has its figures.
}
