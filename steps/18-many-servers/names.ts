import { z } from 'zod'

const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u // control, direction, no width, no ink
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u // a letter, a digit, a sign

/**
 * A name that people can see and tell from others, without the spaces around it.
 *
 * @param what begins the sentence that a refused one is answered with, "A name"
 * @param maxLength in characters
 */
export function nameOf(what: string, maxLength: number) {
  const length = `${what} has 1 to ${maxLength} characters.`
  return z
    .string(length)
    .trim()
    .min(1, length)
    .max(maxLength, length)
    .refine(
      (name) => !unseen.test(name) && seen.test(name),
      `${what} may only have characters that can be seen.`,
    )
}

/** The same for names that look alike when they are written large or small, or with more space in between. */
export function keyOf(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s+/g, ' ').toLowerCase()
}
