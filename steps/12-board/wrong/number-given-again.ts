import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the next number is the highest one that is in use, and one more',
  changes: [
    {
      file: 'database.ts',
      from: `  CREATE TABLE IF NOT EXISTS posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,`,
      to: `  CREATE TABLE IF NOT EXISTS posts (
    id INTEGER PRIMARY KEY,`,
    },
  ],
  fails: 'a new post is announced live, once it is kept',
  says: '{"id":2',
} satisfies Wrong
