import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { root } from '../../course/course.ts'
import type { Said } from '../protocol.ts'

const door = 'commands/cli.mjs'

/** Commands that a click starts: one at a time, each as a process of its own, so that the wire never waits for it. */
export interface Errands {
  /** the one that is at work, `npm run check 4` */
  readonly busy: string | undefined
  /**
   * @param words as behind `npm run`: `['check', '4']`
   * @param options that a learner at a terminal does not need
   * @returns false when another one is at work
   */
  start(words: readonly string[], options?: readonly string[]): boolean
  stop(): Promise<void>
}

/**
 * @param say called with each line, and once at the end with the exit code
 * @param changed called when `busy` has changed
 */
export function openErrands(say: (said: Said) => void, changed: () => void): Errands {
  let busy: string | undefined
  let stop: (() => Promise<unknown>) | undefined

  return {
    get busy() {
      return busy
    },
    start(words, options = []) {
      if (busy) return false
      const command = `npm run ${words.join(' ')}`
      const child = spawn(process.execPath, [door, ...words, ...options], {
        cwd: root,
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      busy = command
      changed()
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => say({ command, line }))
      }
      stop = async () => {
        child.kill()
        if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
      }
      child.once('error', (error) => say({ command, line: `It could not be started: ${error.message}` }))
      child.once('close', (exitCode) => {
        busy = undefined
        stop = undefined
        say({ command, exitCode: exitCode ?? 1 })
        changed()
      })
      return true
    },
    async stop() {
      await stop?.()
    },
  }
}
