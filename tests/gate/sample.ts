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
  return createHash('sha256').update(text).digest().readUInt32BE() % oneIn === 0
}

/** {@link isSampled}, and other ones with each commit: in time, all come. */
export function isDrawn(text: string, oneIn: number): boolean {
  commit ??= presentCommit()
  return isSampled(`${commit} ${text}`, oneIn)
}

let commit: string | undefined

/** Empty where there is no git, or no commit: then the same ones are drawn each time. */
function presentCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return ''
  }
}
