import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the board shows what the database gives, in its order',
  changes: [
    {
      file: 'board.ts',
      from: 'ORDER BY posts.id DESC',
      to: 'ORDER BY posts.id',
    },
  ],
  fails: 'what one publishes, all can read, newest first',
  says: 'the newest post first',
} satisfies Wrong
