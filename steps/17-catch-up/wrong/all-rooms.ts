import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'everybody gets what was said in all rooms',
  changes: [
    {
      file: 'room-table.ts',
      from: `   FROM messages JOIN room_members USING (room_id)
   WHERE account_id = ? AND id > ?`,
      to: `   FROM messages WHERE ? > 0 AND id > ?`,
    },
  ],
  fails: 'only what this person may read, as of now',
  says: 'JOIN room_members',
} satisfies Wrong
