import { runCommands } from '#shared/run/run-tool'
import { parseCommand } from '#shared/terminal/arguments'

/** `npm run test:all`: `npm test`, then everything else. It goes on after a failure, and says at the end what failed. */
export default function (words: string[]): Promise<number> {
  parseCommand(words, { command: 'npm run test:all', maxPositionals: 0, example: 'npm run test:all' })
  return runCommands(['test', 'test:whole', 'test:course'])
}
