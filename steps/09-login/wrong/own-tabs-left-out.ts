import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who speaks has seen it already, in all of their tabs',
  changes: [
    {
      file: 'server.ts',
      from: "socket.broadcast.emit('new message'",
      to: "socket.broadcast.except(mine).emit('new message'",
    },
  ],
  fails: 'what step 8 could, it still can: messages, limits, history',
  says: 'so do the other tabs',
} satisfies Wrong
