import { existsSync, readdirSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { programFilesIn, type Step } from '../course/course.ts'

/** The finished program, changed in a few places. */
export interface Changed {
  /** what somebody thought, in a sentence */
  story: string
  /** what they wrote instead; each `from` stands exactly once in its file */
  changes: { file: string; from: string; to: string }[]
}

/** What is right, though it is written differently: the check lets it pass. */
export type Right = Changed

/**
 * A mistake that people really make, kept as a small change to the finished program: so it cannot rot silently, for a
 * change that no longer fits is an error.
 */
export interface Wrong extends Changed {
  /** the name of the task that must fail first */
  fails: string
  /** words that the learner must read then */
  says: string
}

/** With its file's name, without .ts. */
export type Named<Program extends Changed> = Program & { name: string }
export type NamedWrong = Named<Wrong>

/**
 * All wrong programs of a step, by name.
 *
 * @throws Error when a file in wrong/ does not export one
 */
export async function wrongPrograms(step: Step): Promise<NamedWrong[]> {
  const all = await programsIn<Wrong>(join(step.dir, 'wrong'))
  const vague = all.find(({ fails, says }) => !fails || !says)
  if (vague) throw new Error(`wrong/${vague.name}.ts does not say which task fails, and what it says`)
  return all
}

/**
 * All right programs of a step that are written differently, by name.
 *
 * @throws Error when a file in right/ does not export one
 */
export function rightPrograms(step: Step): Promise<Named<Right>[]> {
  return programsIn<Right>(join(step.dir, 'right'))
}

async function programsIn<Program extends Changed>(dir: string): Promise<Named<Program>[]> {
  if (!existsSync(dir)) return []
  const files = readdirSync(dir).filter((file) => file.endsWith('.ts'))
  return Promise.all(
    files.toSorted().map(async (file) => {
      const { default: program }: { default: Program } = await import(pathToFileURL(join(dir, file)).href)
      if (!program?.changes?.length || !program.story) throw new Error(`${file} does not say what is changed`)
      return { ...program, name: basename(file, '.ts') }
    }),
  )
}

/**
 * Writes a changed program.
 *
 * @param step the step whose finished program it changes
 * @param dir an empty folder inside the project, so that `#shared/…` is found
 * @throws Error when a change's `from` is not found, or found twice
 */
export async function writeChanged(step: Step, changed: Named<Changed>, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  for (const file of programFilesIn(step.dir)) await cp(join(step.dir, file), join(dir, file))
  for (const { file, from, to } of changed.changes) {
    const text = await readFile(join(dir, file), 'utf8')
    const found = text.split(from).length - 1
    if (found !== 1) {
      throw new Error(
        `${changed.name}.ts: its "from" stands ${found} times in ${file}, not once: ${JSON.stringify(from)}`,
      )
    }
    await writeFile(
      join(dir, file),
      text.replace(from, () => to),
    )
  }
}
