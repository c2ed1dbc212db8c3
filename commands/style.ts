import { runTool } from '#shared/run/run-tool'
import { parseCommand } from '#shared/terminal/arguments'

/** `npm run style`: is everything formatted, and free of common mistakes; `-- --fix` puts it in order. */
export default async function (words: string[]): Promise<number> {
  const { flag } = parseCommand(words, {
    command: 'npm run style',
    options: { fix: true },
    maxPositionals: 0,
    example: 'npm run style -- --fix',
  })
  const format = await runTool('prettier/bin/prettier.cjs', [flag('fix') ? '--write' : '--check', '.'])
  const lint = await runTool('oxlint/bin/oxlint', flag('fix') ? ['--fix'] : [])
  if (format === 0 && lint === 0) return 0
  if (!flag('fix')) console.error('To put in order what can be:  npm run style -- --fix')
  return 1
}
