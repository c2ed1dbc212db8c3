import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what was typed is announced, and what was kept is something else',
  changes: [
    {
      file: 'board.ts',
      from: 'title: data.title, author',
      to: 'title: String(request.body.title), author',
    },
  ],
  fails: 'a new post is announced live, once it is kept',
  says: '"Bike"',
} satisfies Wrong
