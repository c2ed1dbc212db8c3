import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { root } from '#shared/course/course'
import { copyProject } from './project-copy.ts'

/** An empty folder, which is removed when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'on-the-wire-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** A folder that a step's server.ts runs in, from within the test's project. */
export async function programFolder(): Promise<string> {
  const folder = await temporaryFolder()
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  await link('shared', folder)
  await link('node_modules', folder)
  return folder
}

/** A copy of the project, in which a test may do what a learner does. */
export async function projectCopy(): Promise<string> {
  const folder = await temporaryFolder()
  await copyProject(folder)
  return folder
}

/** A junction, because Windows lets anyone make one. */
function link(name: string, folder: string): Promise<void> {
  return symlink(join(root, name), join(folder, name), 'junction')
}
