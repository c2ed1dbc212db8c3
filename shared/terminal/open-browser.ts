import { spawn } from 'node:child_process'

/** What is asked about the machine; the default is this one. */
interface Machine {
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
  /** whether somebody reads what is printed */
  isTerminal: boolean
}

const here = (): Machine => ({
  env: process.env,
  platform: process.platform,
  isTerminal: process.stdout.isTTY === true,
})

/** Whether a browser that is opened here would stand before the person who typed: not in CI, not over SSH, not in a pipe. */
export function hasOwnScreen({ env, platform, isTerminal } = here()): boolean {
  if (!isTerminal || env.CI || env.SSH_CONNECTION || env.SSH_TTY) return false
  const needsDisplay = !['darwin', 'win32'].includes(platform)
  return !needsDisplay || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * Opens an address in the browser that this machine opens addresses with. Where that does not work, nothing happens: the
 * address stands in the terminal, too.
 */
export function openBrowser(url: string): void {
  const [program, ...words] = openerOf(url, process.platform)
  const child = spawn(program, words, { stdio: 'ignore', detached: true })
  child.on('error', () => {}) // no such program
  child.unref()
}

/** The words of the command that opens an address. */
export function openerOf(url: string, platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open', url]
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url]
  return ['xdg-open', url]
}
