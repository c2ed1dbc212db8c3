import {
  constants,
  copyFile,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rmdir,
  stat,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Advice } from '../terminal/advice.ts'

// Folders of plain files, of which none is ever written over.

/** What is neither saved nor removed: packages can be had again, and a repository looks after itself. */
const leftAlone = new Set(['node_modules', '.git'])

/** Larger files count as changed: they are moved, never read. */
const maxComparedBytes = 10_000_000

/** Moves files onto their copies. When one cannot be moved, the others come back, and none of them is in two states. */
export async function moveAway(paths: readonly string[], work: string, copyDir: string): Promise<void> {
  const moved: string[] = []
  try {
    for (const path of paths) {
      await mkdir(dirname(join(copyDir, path)), { recursive: true })
      await patiently(() => rename(join(work, path), join(copyDir, path))).catch(whenMissing(undefined))
      moved.push(path)
    }
  } catch (error) {
    for (const path of moved) {
      await copyFile(join(copyDir, path), join(work, path), constants.COPYFILE_EXCL).catch(() => {}) // newer, or in the copy
    }
    throw error
  }
}

/**
 * Puts a file where none is, whole or not at all.
 *
 * @returns what {@link lookOf} says of the new file; undefined when there was one already, which stays
 */
export async function putWhereNoneIs(from: string, to: string): Promise<string | undefined> {
  const look = await lookOf(from)
  await mkdir(dirname(to), { recursive: true })
  try {
    await link(from, to) // All of it is there at once, or nothing.
    return look
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return undefined
  }
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL) // This file system has no second names.
    return await lookOf(to)
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return undefined
    throw error
  }
}

/** Which file it is, its size and when it was written: another text means another look. */
export async function lookOf(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(whenMissing(undefined))
  return found && `${found.ino} ${found.size} ${found.mtimeNs}`
}

/** Windows moves no file that another program has open; a virus scanner or an editor is done with it in a moment. */
export async function patiently<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await act()
    } catch (error) {
      const isHeld = ['EPERM', 'EACCES', 'EBUSY'].some((code) => hasCode(error, code))
      if (!isHeld || tries === 8) throw error
      await setTimeout(10 * tries)
    }
  }
}

/**
 * The files below a folder, by their paths with forward slashes.
 *
 * @param shown how people name the folder
 */
export async function pathsIn(dir: string, shown: string): Promise<string[]> {
  const paths: string[] = []
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const { name } = entry
    if (leftAlone.has(name)) continue
    if (entry.isFile()) paths.push(name)
    else if (entry.isDirectory()) {
      const inside = await pathsIn(join(dir, name), `${shown}/${name}`)
      paths.push(...inside.map((path) => `${name}/${path}`))
    } else {
      throw new Advice(
        `${shown}/${name} is ${entry.isSymbolicLink() ? 'a link' : 'no plain file'}, and a copy holds plain files only.`,
        'Put a real file in its place, or move it out of the folder, and type the same again.',
      )
    }
  }
  return paths
}

/** Copies files into a new folder; one that is gone meanwhile is left out, as an editor's own files come and go. */
export async function copyFiles(paths: readonly string[], from: string, to: string): Promise<void> {
  await mkdir(to)
  for (const path of paths) {
    await mkdir(dirname(join(to, path)), { recursive: true })
    await copyFile(join(from, path), join(to, path), constants.COPYFILE_FICLONE).catch(whenMissing(undefined))
  }
}

/** Whether a file has this text, and no other byte. False where there is no such file. */
export async function holds(file: string, text: string): Promise<boolean> {
  const content = Buffer.from(text)
  return (await sizeOf(file)) === content.length && content.equals(await readFile(file))
}

/** Whether two files are alike, byte for byte; false where one is missing, or too large to be read. */
export async function isSameFile(some: string, other: string): Promise<boolean> {
  const [size, otherSize] = [await sizeOf(some), await sizeOf(other)]
  if (size === undefined || size !== otherSize || size > maxComparedBytes) return false
  const [content, otherContent] = await Promise.all([some, other].map((file) => readFile(file)))
  return content!.equals(otherContent!)
}

/** In bytes; undefined where there is no such file. */
async function sizeOf(file: string): Promise<number | undefined> {
  const found = await lstat(file).catch(whenMissing(undefined))
  return found?.isFile() ? found.size : undefined
}

/**
 * Removes the folders below this one in which nothing is.
 *
 * @param keep folders that are needed, absolute
 */
export async function removeEmptyFolders(dir: string, keep: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (!entry.isDirectory() || leftAlone.has(entry.name)) continue
    const inside = join(dir, entry.name)
    await removeEmptyFolders(inside, keep)
    if (!keep.has(inside)) await rmdir(inside).catch(() => {}) // not empty
  }
}

/** For `.catch`: a file that is not there is an answer, anything else is an error. */
export function whenMissing<Answer>(answer: Answer): (error: unknown) => Answer {
  return (error) => {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return answer
    throw error
  }
}

/** @param code of Node's errors, `ENOENT` */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
