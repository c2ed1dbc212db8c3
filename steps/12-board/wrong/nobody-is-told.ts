import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the board is a page: people load it again when they want to know',
  changes: [
    {
      file: 'board.ts',
      from: 'published({ id: addPost(id, data), title: data.title, author: username })',
      to: 'void [published, username, addPost(id, data)]',
    },
  ],
  fails: 'a new post is announced live, once it is kept',
  says: 'ben hears "post published"',
} satisfies Wrong
