import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the history is everything of the one who is asked for',
  changes: [
    {
      file: 'conversations.ts',
      from: 'WHERE (from_id = ? AND to_id = ?) OR (from_id = ? AND to_id = ?)',
      to: 'WHERE ? IN (from_id, to_id) OR ? IN (from_id, to_id) OR ? = ?',
    },
  ],
  fails: 'it is kept before it is told, and only these two can read it',
  says: 'one of the two is who asks',
} satisfies Wrong
