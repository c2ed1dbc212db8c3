import { z } from 'zod'

/** What a page calls a message, so that it can send it again. Without one, a message is sent once at most, as before. */
export const messageKey = z.uuid('A key is a UUID, which the page makes.').optional()

const length = 'A message is a text of 1 to 2000 characters.'

/** What somebody says, wherever it is said. */
export const text = z
  .string(length)
  .max(2_000, length)
  .refine((message) => message.trim() !== '', length)
  .transform(storable)

/** Postgres keeps every character but this one. It becomes what HTML makes of it: � */
export function storable(typed: string): string {
  return typed.replaceAll('\0', '\u{FFFD}')
}
