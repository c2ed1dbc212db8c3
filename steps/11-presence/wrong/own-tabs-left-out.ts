import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who speaks has seen it already, in all of their tabs',
  changes: [
    {
      file: 'chat.ts',
      from: `socket.broadcast.emit('new message'`,
      to: `socket.broadcast.except(mine).emit('new message'`,
    },
  ],
  fails: 'what Ann says in one tab stands on the right in her other tab',
  says: 'from my other tab',
} satisfies Wrong
