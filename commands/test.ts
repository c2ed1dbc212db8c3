import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { runTool } from '#shared/run/run-tool'

export const spec = {
  command: 'npm test',
  does: 'Runs the steps’ checks as far as Node alone can, and the tests of all that starts no program; of a step that you name, the whole check. All other words are vitest’s own: npx vitest --help lists them.',
  example: 'npm test -- steps/05-nicknames',
} as const satisfies CommandSpec

/**
 * `npm test`: the steps' checks as far as Node alone can run them, and the tests of all that starts no program. Of a step that
 * is named, the tasks in a browser and with several servers too. The words behind it are vitest's own.
 */
export default function (words: string[]): Promise<number> {
  if (words.includes('--help')) parseCommand(['--help'], spec)
  const namesSomething = words.some((word) => !word.startsWith('--')) // a file, a folder, or -t and a task
  const left = namesSomething ? '!whole' : '!whole*'
  return runTool('vitest/vitest.mjs', ['run', '--project', left, ...words])
}
