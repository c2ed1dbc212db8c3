import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page says between whom, and is believed',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `  hear(socket, 'direct history', other, (them) => {
    const messages = between(id, them)
    if (hasRead(id, them)) tell(id)
    return { messages }`,
      to: `  hear(socket, 'direct history', other.or(other.array()), (asked) => {
    const [one = id, them = id] = typeof asked === 'number' ? [id, asked] : asked
    const messages = between(one, them)
    if (hasRead(id, them)) tell(id)
    return { messages }`,
    },
  ],
  fails: 'it is kept before it is told, and only these two can read it',
  says: 'is refused',
} satisfies Wrong
