import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'typing goes to all other sockets, and so to the own tabs',
  changes: [
    {
      file: 'chat.ts',
      from: `socket.broadcast.except(mine).emit('typing'`,
      to: `socket.broadcast.emit('typing'`,
    },
  ],
  fails: 'typing is seen by others, not in one’s own tabs, and ends with the tab',
  says: 'except(mine)',
} satisfies Wrong
