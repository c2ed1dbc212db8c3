import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the message says its room, and the pages sort it out',
  changes: [
    {
      file: 'chat.ts',
      from: `socket.to(\`room:\${room}\`).emit('new message'`,
      to: `socket.broadcast.emit('new message'`,
    },
  ],
  fails: 'a message reaches the members, in all their tabs, and nobody else',
  says: 'and not socket.broadcast',
} satisfies Wrong
