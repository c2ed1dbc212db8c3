import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the newest come first from the database, and go out as they come',
  changes: [
    {
      file: 'server.ts',
      from: 'newest.all(longestHistory).toReversed()',
      to: 'newest.all(longestHistory)',
    },
  ],
  fails: 'who comes later reads what was said before',
  says: '2 messages, from',
} satisfies Wrong
