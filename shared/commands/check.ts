import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Advice } from '../advice.ts'
import { findStep, steps, workDir, type Step } from '../course.ts'
import { runChecks } from '../check/run-checks.ts'
import { nameOf, type Target } from '../check/target.ts'
import { isDone, verdict } from '../check/verdict.ts'

/** `npm run check [N]`: the checks of step N against work/, a folder, or an address. */
export default async function check(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { all: { type: 'boolean' }, dir: { type: 'string' }, url: { type: 'string' }, watch: { type: 'boolean' } },
  })
  const [step] = positionals.map(findStep)
  const results = await runChecks([{ step: step ?? steps[0]!, target: { dir: values.dir ? resolve(values.dir) : step!.dir }, stopAtFirst: true }])
  for (const result of results) console.log(verdict(result).join('\n'))
  return results.every(isDone) ? 0 : 1
}
