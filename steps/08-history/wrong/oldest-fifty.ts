import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'ORDER BY id LIMIT 50 are the first 50 ever',
  changes: [
    {
      file: 'server.ts',
      from: 'ORDER BY id DESC LIMIT ?',
      to: 'ORDER BY id LIMIT ?',
    },
    {
      file: 'server.ts',
      from: 'newest.all(longestHistory).toReversed()',
      to: 'newest.all(longestHistory)',
    },
  ],
  fails: 'the last 50 messages, oldest first',
  says: 'finds the newest ones',
} satisfies Wrong
