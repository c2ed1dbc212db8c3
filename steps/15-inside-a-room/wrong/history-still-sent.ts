import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a tab that connects is still told the history of General',
  changes: [
    {
      file: 'chat.ts',
      from: `  socket.emit('users', peopleOnline())
`,
      to: `  socket.emit('users', peopleOnline())
  socket.emit('history' as 'users', [])
`,
    },
  ],
  fails: 'who opens a room reads the last 50 of it, and who is in it',
  says: 'goes',
} satisfies Wrong
