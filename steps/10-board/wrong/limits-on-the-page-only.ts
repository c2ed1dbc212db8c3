import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'maxlength stands in the form, so nobody can send more',
  changes: [
    {
      file: 'board.ts',
      from: "      .max(100, 'A title has 1 to 100 characters.')",
      to: '      .max(100_000)',
    },
  ],
  fails: 'what is no post is refused in words, and nothing typed is lost',
  says: '400 when it is not',
} satisfies Wrong
