import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the list goes to the tab that has connected, and to nobody else',
  changes: [
    {
      file: 'chat.ts',
      from: `    socket.broadcast.emit('users', peopleOnline())
`,
      to: ``,
    },
  ],
  fails: 'everybody hears who is here, and each person is named once',
  says: "at a person's first tab",
} satisfies Wrong
