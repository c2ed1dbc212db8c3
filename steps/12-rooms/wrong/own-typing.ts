import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'typing goes to the room, and so to the own tabs',
  changes: [
    {
      file: 'server.ts',
      from: "socket.to(chatRoom(room)).except(mine).emit('room typing'",
      to: "socket.to(chatRoom(room)).emit('room typing'",
    },
  ],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: 'except(mine)',
} satisfies Wrong
