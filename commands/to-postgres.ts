import { join } from 'node:path'
import { findStep, firstWithServers } from '#shared/course/course'
import { runTool } from '#shared/run/run-tool'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'

export const spec = {
  command: 'npm run to-postgres',
  does: 'Copies what a chat has kept, the file chat.db of step 8 or a later one, into an empty Postgres. The file stays as it is.',
  words: ['FILE', '[ADDRESS]'],
  about: ['Without an address it takes the one in DATABASE_URL. Either all is copied, or nothing.'],
  example: 'npm run to-postgres .data/work/chat.db postgres://chat:secret@host/chat',
} as const satisfies CommandSpec

/** `npm run to-postgres FILE [ADDRESS]`: takes the people and messages of a SQLite file along to Postgres. */
export default function (words: string[]): Promise<number> {
  const { positionals } = parseCommand(words, spec)
  const program = join(findStep(String(firstWithServers)).dir, 'to-postgres.ts')
  return runTool('tsx/dist/cli.mjs', [program, ...positionals])
}
