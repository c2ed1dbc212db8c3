import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'socket.leave is how one leaves a room',
  changes: [
    {
      file: 'server.ts',
      from: '    io.in(mine).socketsLeave(chatRoom(room))',
      to: '    void socket.leave(chatRoom(room))',
    },
  ],
  fails: 'who leaves hears no more of it, in any tab, and the last one takes the room along',
  says: 'all tabs of this person',
} satisfies Wrong
