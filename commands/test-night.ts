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
  process.env.STORM ??= 'large' // tests/nothing-lost: 20 people, 2,000 messages, 30 cuts, 5 × kill -9
  process.env.CLASS ??= 'large' // tests/class-of-30: 100 people, five of whom type every check of part one
  process.env.SEEDS ??= Array.from({ length: 20 }, (_, index) => index + 1).join(',')
  return runCommands(['test', 'test:whole', 'test:course -- --full', 'test:hostile'])
}
