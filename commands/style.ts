import { runTool } from '#shared/run/run-tool'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'

export const spec = {
  command: 'npm run style',
  does: 'Tests whether all files are formatted (prettier) and free of common mistakes (oxlint).',
  options: { fix: [true, 'formats them, and mends what can be mended'] },
  example: 'npm run style -- --fix',
} as const satisfies CommandSpec

/** `npm run style`: is everything formatted, and free of common mistakes; `-- --fix` puts it in order. */
export default async function (words: string[]): Promise<number> {
  const { flag } = parseCommand(words, spec)
  const format = await runTool('prettier/bin/prettier.cjs', [flag('fix') ? '--write' : '--check', '.'])
  const lint = await runTool('oxlint/bin/oxlint', flag('fix') ? ['--fix'] : [])
  if (format === 0 && lint === 0) return 0
  if (!flag('fix')) console.error('To put in order what can be:  npm run style -- --fix')
  return 1
}
