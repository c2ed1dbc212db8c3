import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the second acknowledgement says ok, and no more',
  changes: [
    {
      file: 'chat.ts',
      from: `    if (before) return { id: before.id, at: before.at } //`,
      to: `    if (before) return {} //`,
    },
  ],
  fails: 'the same key again gets the same answer, and is kept and heard once',
  says: 'the same id and at',
} satisfies Wrong
