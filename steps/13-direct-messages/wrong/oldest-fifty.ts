import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'ORDER BY id LIMIT 50 are the first ones',
  changes: [
    {
      file: 'conversations.ts',
      from: 'ORDER BY id DESC LIMIT ?',
      to: 'ORDER BY id LIMIT ?',
    },
    {
      file: 'conversations.ts',
      from: 'maxHistoryLength).toReversed()',
      to: 'maxHistoryLength)',
    },
  ],
  fails: 'the last 50, oldest first',
  says: 'DESC LIMIT 50',
} satisfies Wrong
