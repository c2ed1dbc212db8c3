import { runCommands } from '#shared/run/run-tool'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'

export const spec = {
  command: 'npm run test:night',
  does: 'Runs all tests in full: every question of the course gate, twenty runs of each check, every attack. It takes hours.',
  example: 'npm run test:night',
} as const satisfies CommandSpec

/** `npm run test:night`: all that takes too long for the day: every question of the course gate, twenty runs of each check, every attack. */
export default function (words: string[]): Promise<number> {
  parseCommand(words, spec)
  return runCommands(['test', 'test:whole', 'test:course -- --full', 'test:hostile'])
}
