import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'socket.to leaves out the sending tab, and nothing else speaks to it',
  changes: [
    {
      file: 'server.ts',
      from: "io.to([mine, userRoom(direct.to)]).emit('direct message', direct)",
      to: "socket.to([mine, userRoom(direct.to)]).emit('direct message', direct)",
    },
  ],
  fails: 'both hear it in all their tabs, and nobody else does',
  says: 'a room for each person',
} satisfies Wrong
