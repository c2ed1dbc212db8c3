import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the history is what one has sent',
  changes: [
    {
      file: 'conversations.ts',
      from: 'WHERE (from_id = ? AND to_id = ?) OR (from_id = ? AND to_id = ?)',
      to: 'WHERE (from_id = ? AND to_id = ?) OR (from_id <> from_id AND ? = ?)',
    },
  ],
  fails: 'it is kept before it is told, and only these two can read it',
  says: 'reads 2 messages',
} satisfies Wrong
