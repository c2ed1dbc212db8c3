import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a refused form comes back empty',
  changes: [
    {
      file: 'board.ts',
      from: `postForm('/board/new', request.body, { problem })`,
      to: `postForm('/board/new', {}, { problem })`,
    },
  ],
  fails: 'what is no post is refused in words, and nothing typed is lost',
  says: 'stands in the form again',
} satisfies Wrong
