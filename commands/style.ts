import { runTool } from '#shared/run/run-tool'
import { readWords } from '#shared/terminal/arguments'

/** `npm run style`: is everything formatted, and free of common mistakes; `-- --fix` puts it in order. */
export default async function (words: string[]): Promise<number> {
  const { has } = readWords(words, {
    command: 'npm run style',
    options: { fix: true },
    most: 0,
    example: 'npm run style -- --fix',
  })
  const format = await runTool('prettier/bin/prettier.cjs', [has('fix') ? '--write' : '--check', '.'])
  const lint = await runTool('oxlint/bin/oxlint', has('fix') ? ['--fix'] : [])
  if (format === 0 && lint === 0) return 0
  if (!has('fix')) console.error('To put in order what can be:  npm run style -- --fix')
  return 1
}
