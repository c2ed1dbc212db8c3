import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Advice } from '#shared/terminal/advice'
import type { Result } from './result.ts'

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
    throw new Advice(`${file} cannot be read: ${why}.`, 'What there is stands in bench/results/')
  }
}
