import { mkdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

const project = join(import.meta.dirname, '..', '..')

/**
 * The folder for what a program keeps beyond its end: DATA_DIR, or `.data/<name of the program's folder>` in the project.
 * It is made when it is not there; one that cannot be made ends the program with exit code 1 and a sentence.
 *
 * @param dir the program's own folder, `import.meta.dirname`
 * @returns its absolute path
 */
export function dataFolder(dir: string): string {
  const folder = resolve(process.env.DATA_DIR || join(project, '.data', basename(dir)))
  try {
    mkdirSync(folder, { recursive: true })
    return folder
  } catch (error) {
    if (!(error instanceof Error)) throw error
    console.error(`${folder} is the folder for the data, and cannot be made: ${error.message}`)
    console.error('Set DATA_DIR to a folder that you may write to, or leave it unset.')
    process.exit(1)
  }
}
