import { existsSync } from 'node:fs'
import { cp, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { root } from '#shared/course/course'

const parts = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'CONTRIBUTING.md',
  'GLOSSARY.md',
  'INSTRUCTOR.md',
  'commands',
  'shared',
  'tests',
  'steps',
  'static',
  'bench',
  'slides',
  'deploy',
]

/** What somebody has measured here is theirs. */
const isTheProjects = (path: string) =>
  dirname(path) !== join(root, 'bench', 'results') || basename(path).startsWith('reference.')

/**
 * Copies the project's own files, without anything of a learner's, and links the packages that are installed here.
 *
 * @param folder an empty folder
 */
export async function copyProject(folder: string): Promise<void> {
  for (const name of parts) {
    if (existsSync(join(root, name)))
      await cp(join(root, name), join(folder, name), { recursive: true, filter: isTheProjects })
  }
  // A junction is what Windows lets anybody make.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
}
