import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { root } from '#shared/course/course'

/**
 * One in so many texts, by chance, and the same ones each time.
 *
 * @param text what is drawn or not
 * @param oneIn 2 for half of all texts
 */
export function isSampled(text: string, oneIn: number): boolean {
  return hashOf(text) % oneIn === 0
}

/** @returns 0 to 2^32 - 1 */
function hashOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE()
}

/** {@link isSampled}, and other ones with each commit: in time, all come. */
export function isDrawn(text: string, oneIn: number): boolean {
  return isSampled(`${presentCommit()} ${text}`, oneIn)
}

/**
 * So many things of a list, one after the other, and other ones with each commit.
 *
 * @param most how many; of a shorter list, all
 */
export function drawnRun<Thing>(list: readonly Thing[], most: number): readonly Thing[] {
  const starts = list.slice(0, Math.max(1, list.length - most + 1)).map((_thing, index) => index)
  const hashes = starts.map((index) => hashOf(`${presentCommit()} ${index}`))
  const first = hashes.indexOf(Math.min(...hashes))
  return list.slice(first, first + most)
}

let commit: string | undefined

/** Empty where there is no git, or no commit: then the same ones are drawn each time. */
function presentCommit(): string {
  try {
    commit ??= execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim()
  } catch {
    commit = ''
  }
  return commit
}
