import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'ORDER BY id LIMIT 50 are the first ones',
  changes: [
    {
      file: 'direct-messages.ts',
      from: 'ORDER BY id DESC LIMIT ?',
      to: 'ORDER BY id LIMIT ?',
    },
    {
      file: 'direct-messages.ts',
      from: 'newest.all(one, other, other, one, longestHistory).toReversed()',
      to: 'newest.all(one, other, other, one, longestHistory)',
    },
  ],
  fails: 'the last 50, oldest first',
  says: 'DESC LIMIT 50',
} satisfies Wrong
