import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a message before a name is passed on, from nobody',
  changes: [
    {
      file: 'server.ts',
      from: `    if (!username) return refuse('Choose a name before you speak.', acknowledge)
`,
      to: ``,
    },
    {
      file: 'server.ts',
      from: `socket.broadcast.emit('new message', { username, message })`,
      to: `socket.broadcast.emit('new message', { username: username ?? 'nobody', message })`,
    },
  ],
  fails: 'nobody speaks without a name',
  says: 'before its sender has a name',
} satisfies Wrong
