import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Advice } from '../terminal/advice.ts'
import { root } from './course.ts'
import { hasCode } from './plain-files.ts'

/** Where `work/` is, and who changes it. */
export interface WorkOptions {
  /** the project's folder */
  folder?: string
  /** what the learner typed, for advice that says to type it again */
  command?: string
}

/** In `work.saved/`, a command that changes something has a folder of this name for its drafts; the process id follows. */
const draftPrefix = '.changing-'

/**
 * Lets one command at a time change `work/` and its copies, and says in words what the file system refuses.
 *
 * @param change gets an empty folder, which goes when it is over, and what turns errors into Advice
 */
export async function alone<Result>(
  { folder = root, command = 'npm run work' }: WorkOptions,
  change: (draft: string, inWords: (error: unknown, state: string) => unknown) => Promise<Result>,
): Promise<Result> {
  const inWords = (error: unknown, state: string) => describeRefusal(error, state, folder, command)
  const draft = join(folder, 'work.saved', `${draftPrefix}${process.pid}-${randomUUID()}`)
  try {
    await waitForTurn(draft, command)
    return await change(draft, inWords)
  } catch (error) {
    throw inWords(error, 'Nothing was changed.')
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 5 }).catch(() => {}) // The next command removes it.
  }
}

/** Of two that come at once both step back, and try again at a moment of their own. What was killed is cleaned up. */
async function waitForTurn(draft: string, command: string): Promise<void> {
  const savedDir = dirname(draft)
  for (let tries = 1; tries <= 150; tries++) {
    await mkdir(savedDir, { recursive: true })
    await mkdir(draft)
    const others = (await readdir(savedDir)).filter(
      (name) => name.startsWith(draftPrefix) && name !== basename(draft),
    )
    if (!others.some(isRunning)) {
      for (const name of others) await rm(join(savedDir, name), { recursive: true, force: true })
      return
    }
    await rmdir(draft)
    await setTimeout(10 + Math.random() * 80)
  }
  throw new Advice(
    'Another command is changing work/ just now, so nothing was done.',
    `Once it has ended, type it again:  ${command}`,
  )
}

/** @param name of a folder for drafts */
function isRunning(name: string): boolean {
  try {
    return process.kill(Number.parseInt(name.slice(draftPrefix.length), 10), 0)
  } catch (error) {
    return hasCode(error, 'EPERM') // It is somebody else's, and runs.
  }
}

/** @param state what became of `work/`, a sentence */
function describeRefusal(error: unknown, state: string, folder: string, command: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const path = 'path' in error ? relative(folder, String(error.path)).replaceAll('\\', '/') : 'work'
  const place = path.startsWith(`work.saved/${draftPrefix}`) ? 'work.saved' : path
  const [what, cure] = refusals[String(error.code)] ?? [`cannot be changed (${error.message}).`, 'Look at it']
  return new Advice(`${place} ${what} ${state}`, `${cure}, and type it again:  ${command}`)
}

/** What the file system refuses, behind the name of the file or folder, and what one does about it. */
const refusals: Record<string, [what: string, cure: string]> = {
  ENOSPC: ['cannot be written: the disk is full.', 'Make room on the disk'],
  EDQUOT: ['cannot be written: your share of the disk is used up.', 'Make room on the disk'],
  EROFS: ['cannot be written: the disk is read-only.', 'Copy the project to a disk that you may write to'],
  EACCES: ['cannot be read or changed: you are not allowed to.', 'Change its permissions'],
  EPERM: ['cannot be changed: another program has it open, or you are not allowed to.', 'Close that program'],
  EBUSY: ['cannot be changed: another program has it open.', 'Close that program'],
  EEXIST: ['is a file, and it has to be a folder.', 'Move it away'],
  ENOTDIR: ['is a file, and it has to be a folder.', 'Move it away'],
  EXDEV: ['is on another disk than work.saved.', 'Make work.saved a plain folder beside work'],
}
