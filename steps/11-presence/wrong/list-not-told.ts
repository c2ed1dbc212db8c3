import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who has left stays in the lists of the others',
  changes: [
    {
      file: 'chat.ts',
      from: `      io.emit('users', peopleOnline())
`,
      to: ``,
    },
  ],
  fails: 'however many tabs and reloads, it is one person',
  says: 'when somebody has left',
} satisfies Wrong
