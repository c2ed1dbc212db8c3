import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'typing goes to all, with the room in it',
  changes: [
    {
      file: 'server.ts',
      from: "socket.to(chatRoom(room)).except(mine).emit('room typing'",
      to: "socket.broadcast.except(mine).emit('room typing'",
    },
  ],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: 'outside, nobody sees',
} satisfies Wrong
