import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each change is announced as well',
  changes: [
    {
      file: 'board.ts',
      from: `    update.run(data.title, data.text, post.id)
`,
      to: `    update.run(data.title, data.text, post.id)
    published({ id: post.id, title: data.title, author: post.author })
`,
    },
  ],
  fails: 'a new post is announced live, once it is kept',
  says: 'a change is no new post',
} satisfies Wrong
