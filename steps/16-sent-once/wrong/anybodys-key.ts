import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a key is looked for among the messages of everybody',
  changes: [
    {
      file: 'room-table.ts',
      from: `FROM messages WHERE from_id = ? AND key = ?'`,
      to: `FROM messages WHERE ? > 0 AND key = ?'`,
    },
  ],
  fails: 'the same key again gets the same answer, and is kept and heard once',
  says: 'among this person’s own messages',
} satisfies Wrong
