import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { Advice } from '#shared/terminal/advice'
import type { Result } from './result.ts'

/** Where results are kept, and the reference with them. */
export const resultsDir = join(import.meta.dirname, 'results')

/**
 * The newest complete result of the bench that measured our own server with a browser's headers. What was measured on
 * this machine comes before the reference, which is always there.
 *
 * @param options.with what the result must have, for example the figures of a chart: `--quick` measures no silence.
 *   When no result has it, the reference is returned all the same
 * @param options.dir where to look; a file in it that is damaged, or of an older form, is passed over, since a page is not to fail
 *   for what another run has left
 * @throws Advice when the reference is no result
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
    const result = await readResult(join(dir, file)).catch(unlessAdvice)
    const isComparable = result?.complete && result.url === null && result.headers === 'browser'
    if (isComparable && hasWhatIsWanted(result)) return result
  }
  return readReference(dir)
}

function unlessAdvice(error: unknown): undefined {
  if (!(error instanceof Advice)) throw error
}

/** The result that the lessons quote: the same for everybody, whatever was measured here. */
export function readReference(dir: string = resultsDir): Promise<Result> {
  return readResult(join(dir, 'reference.json'))
}

/** Writes a result, and the folders above it. */
export async function writeResult(file: string, result: Result): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, textOf(result))
}

/** As it stands in a file: a row a line, so that two can be laid side by side. */
export function textOf({ rows, ...about }: Result): string {
  const lines = rows.map((row) => JSON.stringify(row, sixDigits))
  const head = JSON.stringify(about, sixDigits, 1).replace(/\n\}$/, '')
  return `${head},\n "rows": [\n${lines.join(',\n')}\n ]\n}\n`
}

/** Counts stay as they are; of what is measured or divided, more digits would say nothing. */
function sixDigits(_name: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value
}

/** @throws Advice when there is no such file, or it is no result */
export async function readResult(file: string): Promise<Result> {
  const { checkResult } = await import('./result.ts') // not at the top: zod would make every command start later
  const checked = checkResult(await readJson(file))
  if ('result' in checked) return checked.result
  throw new Advice(`${file} is no result of this bench: ${checked.problem}.`, 'Make one with:  npm run bench')
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is no JSON' : 'there is no such file'
    throw new Advice(`${file} cannot be read: ${why}.`, 'The results are in bench/results/')
  }
}
