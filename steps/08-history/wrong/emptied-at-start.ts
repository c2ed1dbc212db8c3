import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the table is made anew at each start, so that it surely fits',
  changes: [
    {
      file: 'server.ts',
      from: 'CREATE TABLE IF NOT EXISTS messages',
      to: 'DROP TABLE IF EXISTS messages; CREATE TABLE messages',
    },
  ],
  fails: 'it survives the end of the program, and even kill -9',
  says: 'still there at the next start?',
} satisfies Wrong
