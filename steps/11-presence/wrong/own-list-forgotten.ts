import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who comes later hears only of those who come after them',
  changes: [
    {
      file: 'chat.ts',
      from: `  socket.emit('users', peopleOnline())

`,
      to: `
`,
    },
  ],
  fails: 'everybody hears who is here, and each person is named once',
  says: 'for each tab that connects',
} satisfies Wrong
