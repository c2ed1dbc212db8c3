import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page shows a row for its own keys, to see whether it works',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (!typing) socket.emit('typing')
`,
      to: `  if (!typing) socket.emit('typing')
  view.addTypist(myName)
`,
    },
  ],
  fails: 'nobody sees their own typing',
  says: 'for what others say',
} satisfies Wrong
