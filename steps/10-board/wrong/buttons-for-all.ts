import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'everybody sees the buttons, and reads a refusal',
  changes: [
    {
      file: 'board-pages.ts',
      from: 'post.accountId === reader.id',
      to: 'post.id > 0 || reader.id > 0',
    },
  ],
  fails: 'only the author can change or delete a post',
  says: 'ben sees no form',
} satisfies Wrong
