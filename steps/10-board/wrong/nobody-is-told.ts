import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the board is a page: whoever wants to know loads it again',
  changes: [
    {
      file: 'board.ts',
      from: `    published({ id: Number(lastInsertRowid), title: data.title, author: person.username })
`,
      to: `    void [published, lastInsertRowid, person.username]
`,
    },
  ],
  fails: 'a new post is announced live, once it is kept',
  says: 'published() after insert.run()',
} satisfies Wrong
