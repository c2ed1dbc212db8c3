import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { root } from '../../course/course.ts'
import type { CommandOutput } from '../protocol.ts'

const cli = 'commands/cli.mjs'

export type CommandRunner = ReturnType<typeof openCommandRunner>

/**
 * Commands that a click starts: one at a time, each as a process of its own, so that the wire never waits for it.
 *
 * @param onOutput called with each line, and once at the end with the exit code
 * @param onChange called when `busy` has changed
 */
export function openCommandRunner(onOutput: (output: CommandOutput) => void, onChange: () => void) {
  let busy: string | undefined
  let stop: (() => Promise<unknown>) | undefined

  return {
    /** the one that is at work, `npm run check 4` */
    get busy(): string | undefined {
      return busy
    },
    /**
     * @param words as behind `npm run`: `['check', '4']`
     * @param options that a learner at a terminal does not need
     * @returns false when another one is at work
     */
    start(words: readonly string[], options: readonly string[] = []): boolean {
      if (busy) return false
      const command = `npm run ${words.join(' ')}`
      const child = spawn(process.execPath, [cli, ...words, ...options], {
        cwd: root,
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      busy = command
      onChange()
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => onOutput({ command, line }))
      }
      stop = async () => {
        child.kill()
        if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
      }
      child.once('error', (error) => onOutput({ command, line: `It could not be started: ${error.message}` }))
      child.once('close', (exitCode) => {
        busy = undefined
        stop = undefined
        onOutput({ command, exitCode: exitCode ?? 1 })
        onChange()
      })
      return true
    },
    async stop(): Promise<void> {
      await stop?.()
    },
  }
}
