import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'kept and announced first, and only then asked whether it is too much',
  changes: [
    {
      file: 'board.ts',
      from: `    if (!spend(id, 10))
      return void response.status(429).send(again('Slow down: one post a second is the most.'))
    published({ id: addPost(id, data), title: data.title, author: username })
`,
      to: `    published({ id: addPost(id, data), title: data.title, author: username })
    if (!spend(id, 10))
      return void response.status(429).send(again('Slow down: one post a second is the most.'))
`,
    },
  ],
  fails: 'who publishes too much is told to slow down, and the others are left in peace',
  says: 'and only then addPost()',
} satisfies Wrong
