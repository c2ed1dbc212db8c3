import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root, type Step } from './course.ts'

/** What `.workshop.json` remembers. It holds ticks and rungs alone: whoever deletes it loses no work. */
export interface Progress {
  /** when a step's check first passed, ISO time, by the step's number */
  passed: Record<string, string>
  /** how many rungs of hints were shown, by the step's number */
  hints: Record<string, number>
  /** the step whose lesson was open last */
  open?: number
  /** the step that `work/` was on last */
  work?: number
}

/**
 * What has been achieved so far. A file that makes no sense is put aside as `.workshop.json.broken`, and a line says so.
 *
 * @param folder the project's folder
 */
export async function readProgress(folder = root): Promise<Progress> {
  const file = join(folder, '.workshop.json')
  let text
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { passed: {}, hints: {} }
    throw error
  }
  const progress = parse(text)
  if (progress) return progress
  await rename(file, `${file}.broken`)
  console.error(
    '.workshop.json could not be read and is now .workshop.json.broken. Your ticks and hints start again.',
  )
  return { passed: {}, hints: {} }
}

/**
 * Remembers that a step's check has passed. The first time counts.
 *
 * @param folder the project's folder
 */
export async function markPassed(step: Step, folder = root): Promise<void> {
  const progress = await readProgress(folder)
  if (progress.passed[step.number]) return
  progress.passed[step.number] = new Date().toISOString()
  await write(progress, folder)
}

/**
 * Remembers whose lesson was open last.
 *
 * @param folder the project's folder
 */
export async function markOpen(step: Step, folder = root): Promise<void> {
  const progress = await readProgress(folder)
  if (progress.open === step.number) return
  await write({ ...progress, open: step.number }, folder)
}

/**
 * Remembers which step `work/` is on, for whoever deletes it.
 *
 * @param folder the project's folder
 */
export async function markWork(step: Step, folder = root): Promise<void> {
  const progress = await readProgress(folder)
  if (progress.work === step.number) return
  await write({ ...progress, work: step.number }, folder)
}

/**
 * How many of a step's hints were shown.
 *
 * @param folder the project's folder
 */
export async function hintsShown(step: Step, folder = root): Promise<number> {
  const { hints } = await readProgress(folder)
  return hints[step.number] ?? 0
}

/**
 * Goes one rung on, and stays on the last.
 *
 * @param rungs how many hints the step has
 * @param folder the project's folder
 * @returns the rung to show, from 1
 */
export async function nextHint(step: Step, rungs: number, folder = root): Promise<number> {
  const progress = await readProgress(folder)
  const rung = Math.min((progress.hints[step.number] ?? 0) + 1, rungs)
  progress.hints[step.number] = rung
  await write(progress, folder)
  return rung
}

async function write(progress: Progress, folder: string): Promise<void> {
  const file = join(folder, '.workshop.json')
  // Renaming is all or nothing: whoever reads meanwhile, or pulls the plug, finds the old file or the new one.
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(progress, null, 2)}\n`)
  await rename(draft, file)
}

function parse(text: string): Progress | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isProgress(value)
      ? { passed: value.passed, hints: value.hints, open: value.open, work: value.work }
      : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isProgress(value: unknown): value is Progress {
  return (
    typeof value === 'object' &&
    value !== null &&
    'passed' in value &&
    'hints' in value &&
    isByStep(value.passed, (at) => typeof at === 'string' && !Number.isNaN(Date.parse(at))) &&
    isByStep(
      value.hints,
      (count) => typeof count === 'number' && Number.isSafeInteger(count) && count >= 0,
    ) &&
    (!('open' in value) || typeof value.open === 'number') &&
    (!('work' in value) || typeof value.work === 'number')
  )
}

function isByStep(value: unknown, isValid: (entry: unknown) => boolean): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([step, entry]) => /^\d+$/.test(step) && isValid(entry))
  )
}
