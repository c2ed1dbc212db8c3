import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readResult, type Result } from './result.ts'

/** Where results are kept, and the reference with them. */
export const resultsDir = join(import.meta.dirname, 'results')

/**
 * The newest whole result of the bench that measured our own server with a browser's headers. What was measured on this
 * machine comes before the reference, which is there always.
 *
 * @throws Advice when a file in the folder is no result
 */
export async function newestResult(dir: string = resultsDir): Promise<Result> {
  const own = readdirSync(dir)
    .filter((file) => /^\d{4}-.*\.json$/.test(file)) // named by their time
    .toSorted()
    .toReversed()
  for (const file of own) {
    const result = await readResult(join(dir, file))
    if (result.complete && result.url === null && result.headers === 'browser') return result
  }
  return readResult(join(dir, 'reference.json'))
}
