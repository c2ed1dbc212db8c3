import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished } from 'vitest'

/**
 * Types a command in a project, as npm does for a learner.
 *
 * @param folder the project's, or a copy's
 * @param line what stands behind `npm run`: `step 6 --port 0`
 */
export function type(
  folder: string,
  line: string,
  env: Record<string, string> = {},
  whenFinished: (kill: () => void) => void = onTestFinished,
) {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('npm_config_') && name !== 'FORCE_COLOR'),
  )
  const child = spawn(process.execPath, ['commands/cli.mjs', ...line.split(' ')], {
    cwd: folder,
    env: { ...inherited, NO_COLOR: '1', WARM_CHECK: 'no', ...env },
  })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  whenFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'close')
  return {
    output: () => output,
    /** its exit code and all that it printed, once it has ended */
    async end() {
      const [exitCode] = await ended
      return [exitCode, output.trimEnd()]
    },
    /** asks it to stop, as Ctrl-C does */
    async stop() {
      child.kill('SIGINT')
      const [exitCode, signal] = await ended
      return process.platform === 'win32' ? 0 : (exitCode ?? signal)
    },
    prints: (text: string | RegExp) => expect.poll(() => output, { timeout: 30_000 }).toMatch(text),
  }
}
