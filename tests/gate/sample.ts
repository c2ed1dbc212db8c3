import { createHash } from 'node:crypto'

/**
 * One in so many texts, by chance, and the same ones each time.
 *
 * @param text what is drawn or not
 * @param oneIn 2 for half of all texts
 */
export function isSampled(text: string, oneIn: number): boolean {
  return createHash('sha256').update(text).digest().readUInt32BE() % oneIn === 0
}
