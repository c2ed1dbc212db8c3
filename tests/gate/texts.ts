import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { knownProgramFiles, root, steps, type Step } from '#shared/course/course'

/** What the gate reads. Paths start from the project's folder, and have slashes: `steps/06-typing/server.ts`. */
export interface Texts {
  /** all steps of the course */
  steps: readonly Step[]
  /** a file's text; undefined where there is no such file */
  read: (path: string) => string | undefined
  /** the paths of all files in a folder and below it; none where there is no such folder */
  filesIn: (folder: string) => string[]
}

const known = new Map<string, string | undefined>()

/** The texts of this project as they are when each is first asked for. */
export const projectTexts: Texts = {
  steps,
  read(path) {
    if (!known.has(path)) {
      const file = join(root, path)
      const isFile = statSync(file, { throwIfNoEntry: false })?.isFile()
      known.set(path, isFile ? readFileSync(file, 'utf8') : undefined)
    }
    return known.get(path)
  },
  filesIn(folder) {
    const dir = join(root, folder)
    if (!existsSync(dir)) return []
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .toSorted()
  },
}

/** The path of a file in a step's folder. */
export function pathIn({ name }: Step, file: string): string {
  return `steps/${name}/${file}`
}

/** The sources of a step's program, by their paths. */
export function programOf(step: Step, { read }: Texts): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of knownProgramFiles()) {
    const source = read(pathIn(step, file))
    if (source !== undefined) found.set(pathIn(step, file), source)
  }
  return found
}
