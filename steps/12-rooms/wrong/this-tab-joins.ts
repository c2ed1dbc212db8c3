import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'socket.join is how one joins a room',
  changes: [
    {
      file: 'server.ts',
      from: '    io.in(mine).socketsJoin(chatRoom(room))',
      to: '    void socket.join(chatRoom(room))',
    },
  ],
  fails: 'a message reaches the members, in all their tabs, and nobody else',
  says: 'with all their tabs',
} satisfies Wrong
