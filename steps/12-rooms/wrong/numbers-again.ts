import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a number that is free is given to the next room',
  changes: [
    {
      file: 'database.ts',
      from: `    id INTEGER PRIMARY KEY AUTOINCREMENT, -- a number that was given once is never given again
    name TEXT NOT NULL,
    key`,
      to: `    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key`,
    },
  ],
  fails: 'who leaves hears no more of it, in any tab, and the last one takes the room along',
  says: 'never given twice',
} satisfies Wrong
