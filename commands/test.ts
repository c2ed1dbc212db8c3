import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { runTool } from '#shared/run/run-tool'

export const spec = {
  command: 'npm test',
  does: 'Runs the checks of all steps, and the tests of all that starts no program. All other words are vitest’s own: npx vitest --help lists them.',
  example: 'npm test -- steps/05-nicknames',
} as const satisfies CommandSpec

/** `npm test`: the steps' checks, and the tests of all that starts no program. The words behind it are vitest's own. */
export default function (words: string[]): Promise<number> {
  if (words.includes('--help')) parseCommand(['--help'], spec)
  return runTool('vitest/vitest.mjs', ['run', '--project', '!whole', ...words])
}
