import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the message goes to all who are in the room',
  changes: [
    {
      file: 'chat.ts',
      from: `socket.to(\`room:\${room}\`).emit('new message'`,
      to: `io.to(\`room:\${room}\`).emit('new message'`,
    },
  ],
  fails: 'everything that is said has a room, and the first one is General',
  says: 'socket.to() skips the sender',
} satisfies Wrong
