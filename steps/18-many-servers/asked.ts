import { z } from 'zod'
import { other } from './conversations.ts'
import { roomId } from './room-table.ts'

const what = 'What was seen is two numbers, { messages, directs }.'
const count = z.int(what).nonnegative(what)
const before = z.int('Older ones are those before a number.')

/** The highest numbers that a page has. */
export const seen = z.object({ messages: count, directs: count }, what)

/** Where older ones are wanted, and before which. */
export const older = z.union(
  [z.object({ room: roomId, before }), z.object({ to: other, before })],
  'Older ones are asked for by { room, before } or { to, before }.',
)
