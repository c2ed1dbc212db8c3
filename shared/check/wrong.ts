import { existsSync, readdirSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { programFilesIn, type Step } from '../course/course.ts'

/**
 * A mistake that people really make, kept as a small change to the finished program: so it cannot rot silently, for a
 * change that no longer fits is an error.
 */
export interface Wrong {
  /** what somebody thought, in a sentence */
  story: string
  /** what they wrote instead; each `from` stands exactly once in its file */
  changes: { file: string; from: string; to: string }[]
  /** the name of the task that must fail first */
  fails: string
  /** words that the learner must read then */
  says: string
}

export interface NamedWrong extends Wrong {
  /** the file's name in wrong/, without .ts */
  name: string
}

/**
 * All wrong programs of a step, by name.
 *
 * @throws Error when a file in wrong/ does not export one
 */
export async function wrongPrograms(step: Step): Promise<NamedWrong[]> {
  const dir = join(step.dir, 'wrong')
  if (!existsSync(dir)) return []
  const files = readdirSync(dir).filter((file) => file.endsWith('.ts'))
  return Promise.all(
    files.toSorted().map(async (file) => {
      const { default: wrong }: { default: Wrong } = await import(pathToFileURL(join(dir, file)).href)
      if (!wrong?.changes?.length || !wrong.fails || !wrong.says)
        throw new Error(`${file} does not say what is wrong`)
      return { ...wrong, name: basename(file, '.ts') }
    }),
  )
}

/**
 * Writes a wrong program.
 *
 * @param step the step whose finished program it spoils
 * @param dir an empty folder inside the project, so that `#shared/…` is found
 * @throws Error when a change's `from` is not found, or found twice
 */
export async function writeWrong(step: Step, wrong: NamedWrong, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  for (const file of programFilesIn(step.dir)) await cp(join(step.dir, file), join(dir, file))
  for (const { file, from, to } of wrong.changes) {
    const text = await readFile(join(dir, file), 'utf8')
    const found = text.split(from).length - 1
    if (found !== 1) {
      throw new Error(
        `wrong/${wrong.name}.ts: its "from" stands ${found} times in ${file}, not once: ${JSON.stringify(from)}`,
      )
    }
    await writeFile(
      join(dir, file),
      text.replace(from, () => to),
    )
  }
}
