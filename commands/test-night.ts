import { runCommands } from '#shared/run/run-tool'
import { parseCommand } from '#shared/terminal/arguments'

/** `npm run test:night`: all that takes too long for the day: every question of the course gate, twenty runs of each check, every attack. */
export default function (words: string[]): Promise<number> {
  parseCommand(words, { command: 'npm run test:night', maxPositionals: 0, example: 'npm run test:night' })
  return runCommands(['test', 'test:whole', 'test:course -- --full', 'test:hostile'])
}
