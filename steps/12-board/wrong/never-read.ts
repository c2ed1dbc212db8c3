import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the board does not write down that somebody has looked',
  changes: [
    {
      file: 'board.ts',
      from: `    seePosts(id)
`,
      to: '',
    },
    {
      file: 'board.ts',
      from: 'newestPosts, seePosts, unseenPosts',
      to: 'newestPosts, unseenPosts',
    },
  ],
  fails: 'posts of others that one has not seen are counted',
  says: 'when ann has looked at the board',
} satisfies Wrong
