import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a room that is not there is joined, and there it is',
  changes: [
    {
      file: 'rooms.ts',
      from: `  if (!exists.get(room)) return false
`,
      to: '',
    },
    {
      file: 'rooms.ts',
      from: `const exists = database.prepare<[number]>('SELECT 1 FROM rooms WHERE id = ?')
`,
      to: '',
    },
    {
      file: 'database.ts',
      from: `    room_id INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    account_id`,
      to: `    room_id INTEGER NOT NULL,
    account_id`,
    },
  ],
  fails: 'who is not in it can neither speak nor read there',
  says: 'one that there is',
} satisfies Wrong
