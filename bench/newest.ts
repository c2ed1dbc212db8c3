import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from './result.ts'
import { readResult } from './result-file.ts'

/** Where results are kept, and the reference with them. */
export const resultsDir = join(import.meta.dirname, 'results')

/**
 * The newest complete result of the bench that measured our own server with a browser's headers. What was measured on
 * this machine comes before the reference, which is always there.
 *
 * @param options.with what the result must have, for example the figures of a chart: `--quick` measures no silence.
 *   When no result has it, the reference is returned all the same
 * @param options.dir where to look
 * @throws Advice when a file in the folder is no result
 */
export async function newestResult(
  options: { with?: (result: Result) => boolean; dir?: string } = {},
): Promise<Result> {
  const { with: hasWhatIsWanted = () => true, dir = resultsDir } = options
  const own = readdirSync(dir)
    .filter((file) => /^\d{4}-.*\.json$/.test(file)) // named by their time
    .toSorted()
    .toReversed()
  for (const file of own) {
    const result = await readResult(join(dir, file))
    const isComparable = result.complete && result.url === null && result.headers === 'browser'
    if (isComparable && hasWhatIsWanted(result)) return result
  }
  return readReference(dir)
}

/** The result that the lessons quote: the same for everybody, whatever was measured here. */
export function readReference(dir: string = resultsDir): Promise<Result> {
  return readResult(join(dir, 'reference.json'))
}
