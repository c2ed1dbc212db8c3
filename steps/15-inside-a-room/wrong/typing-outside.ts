import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'typing goes to all, with the room in it',
  changes: [
    {
      file: 'inside-room.ts',
      from: `socket.to(\`room:\${room}\`).except(mine).emit('typing'`,
      to: `socket.broadcast.except(mine).emit('typing'`,
    },
  ],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: 'hears of no typing there',
} satisfies Wrong
