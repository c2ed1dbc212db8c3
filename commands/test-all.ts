import { runCommands } from '#shared/run/run-tool'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'

export const spec = {
  command: 'npm run test:all',
  does: 'Runs npm test, then everything that starts programs, then the course gate.',
  example: 'npm run test:all',
} as const satisfies CommandSpec

/** `npm run test:all`: `npm test`, then everything else. It goes on after a failure, and says at the end what failed. */
export default function (words: string[]): Promise<number> {
  parseCommand(words, spec)
  return runCommands(['test', 'test:whole', 'test:course'])
}
