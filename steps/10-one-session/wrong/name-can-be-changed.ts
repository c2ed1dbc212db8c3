import type { Wrong } from '#shared/check/wrong'

export default {
  story: `\`add user\` stays, for people who want another name`,
  changes: [
    {
      file: 'chat.ts',
      from: `const { id, username } = socket.data.person`,
      to: `let { id, username } = socket.data.person`,
    },
    {
      file: 'chat.ts',
      from: `  hear(socket, 'new message'`,
      to: `  socket.on('add user' as 'typing', (...sent: unknown[]) => {
    username = String(sent[0])
  })

  hear(socket, 'new message'`,
    },
  ],
  fails: `who you are comes from the session, and from nowhere else`,
  says: `nothing that ben sends can change it`,
} satisfies Wrong
