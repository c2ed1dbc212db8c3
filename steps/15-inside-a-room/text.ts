import { z } from 'zod'

const length = 'A message is a text of 1 to 2000 characters.'

/** What somebody says, wherever it is said. */
export const text = z
  .string(length)
  .max(2_000, length)
  .refine((message) => message.trim() !== '', length)
