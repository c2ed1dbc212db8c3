import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a room without people waits for the next ones',
  changes: [
    {
      file: 'rooms.ts',
      from: `  removeEmpty.run(room)
`,
      to: '',
    },
    {
      file: 'rooms.ts',
      from: `const removeEmpty = database.prepare(
  'DELETE FROM rooms WHERE id = ? AND NOT EXISTS (SELECT 1 FROM room_members WHERE room_id = rooms.id)',
)
`,
      to: '',
    },
  ],
  fails: 'who leaves hears no more of it, in any tab, and the last one takes the room along',
  says: 'is deleted',
} satisfies Wrong
