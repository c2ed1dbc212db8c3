import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Advice } from '../terminal/advice.ts'
import { programFilesIn, root, start, steps, type Step } from './course.ts'
import { BrokenLesson, readLesson } from './lesson.ts'
import { applyUpTo, programIn, startOf, writeProgram, type Program } from './lesson-program.ts'
import type { WorkOptions } from './change-work.ts'
import { saveProgram, type SavedCopy } from './work-folder.ts'

/** The files of all steps as the course has them, in the form of `sha256sum`; a test keeps it true. */
export const listFile = join(import.meta.dirname, 'steps.sha256')

/** The list of what is there now. Line ends do not count. */
export function listSteps(): string {
  const lines = [start, ...steps].flatMap((step) =>
    [...hashesOf(step)].map(([file, hash]) => `${hash}  ${file}\n`),
  )
  return lines.join('')
}

/**
 * The files of a step that are not as the course has them: its program, its lesson, its hints, its check. A program file too
 * many is one of them.
 *
 * @returns paths from the step's folder
 */
export function editedFiles(step: Step): string[] {
  const wanted = new Map(
    readFileSync(listFile, 'utf8')
      .split(/\r?\n/)
      .map((line) => line.split('  '))
      .filter(([, file]) => file?.startsWith(`${step.name}/`))
      .map(([hash, file]) => [file, hash]),
  )
  const present = hashesOf(step)
  return [...new Set([...wanted.keys(), ...present.keys()])]
    .filter((file) => file && wanted.get(file) !== present.get(file))
    .map((file) => file!.slice(step.name.length + 1))
}

/** What a learner reads of steps that were edited, and what to type; nothing when all are as the course has them. */
export function describeEdited(some: readonly Step[] = [start, ...steps]): string[] {
  return some.flatMap((step) => {
    const files = editedFiles(step)
    if (files.length === 0) return []
    return [
      `Somebody edited steps/${step.name}: ${files.join(', ')}. Your own code belongs in work/.`,
      `To bring that step back (the edit is saved first):  npm run step ${step.number} -- --restore`,
    ]
  })
}

/**
 * Brings a step back to what the course has: from git, where the project has it; else its program from its lesson, whose
 * blocks make it of the step before. What it holds is saved first, among the copies of `work/`.
 *
 * @returns the copy; undefined when the step was not edited
 * @throws Advice when neither brings it back: a file that the lesson gives, or the lesson itself, is in no second place
 */
export async function restoreStep(step: Step, options: WorkOptions = {}): Promise<SavedCopy | undefined> {
  const edited = editedFiles(step)
  if (edited.length === 0) return undefined
  const saved = await saveProgram(step, withTexts(step, edited), options)
  await promisify(execFile)('git', ['checkout', 'HEAD', '--', step.dir], { cwd: root }).catch(() => {}) // no git here
  for (const file of editedFiles(step)) {
    const isOurs = readFileSync(listFile, 'utf8').includes(`  ${step.name}/${file}\n`)
    if (!isOurs) await rm(join(step.dir, file)) // a program file too many, which is saved
  }
  if (editedFiles(step).length > 0) await makeByLesson(step)
  const left = editedFiles(step)
  if (left.length === 0) return saved
  throw new Advice(
    `steps/${step.name} could not be brought back: ${left.join(', ')}. Your edit is safe in work.saved/${saved.name}.`,
    `Copy the folder steps/${step.name} from a neighbour, from the stick, or from a new download.`,
  )
}

/** A step's program, and what else of it was edited: somebody's notes in a lesson, say. */
function withTexts({ dir }: Step, edited: readonly string[]): Program {
  const texts = edited.filter((file) => existsSync(join(dir, file)))
  return new Map([
    ...programIn(dir),
    ...texts.map((file) => [file, readFileSync(join(dir, file), 'utf8')] as const),
  ])
}

/** The step before may be edited itself, or the lesson not fit any more: what comes of it is looked at afterwards. */
async function makeByLesson(step: Step): Promise<void> {
  try {
    const lesson = step === start ? undefined : readLesson(step)
    if (lesson) await writeProgram(applyUpTo(lesson, startOf(step)), step.dir)
  } catch (error) {
    if (!(error instanceof BrokenLesson)) throw error
  }
}

function hashesOf({ name, dir }: Step): Map<string, string> {
  const texts = ['README.md', 'hints.md', 'check.test.ts'].filter((file) => existsSync(join(dir, file)))
  return new Map(
    [...programFilesIn(dir), ...texts].toSorted().map((file) => {
      const text = readFileSync(join(dir, file), 'utf8').replaceAll('\r\n', '\n')
      return [`${name}/${file}`, createHash('sha256').update(text).digest('hex')]
    }),
  )
}
