import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'typing goes to the room, and so to the own tabs',
  changes: [
    {
      file: 'inside-room.ts',
      from: `socket.to(\`room:\${room}\`).except(mine).emit('typing'`,
      to: `socket.to(\`room:\${room}\`).emit('typing'`,
    },
  ],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: 'except(mine)',
} satisfies Wrong
