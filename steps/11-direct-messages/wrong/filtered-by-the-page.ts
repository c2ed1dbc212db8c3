import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'everyone gets it, and each page shows what is for its reader',
  changes: [
    {
      file: 'server.ts',
      from: "io.to([mine, userRoom(direct.to)]).emit('direct message', direct)",
      to: `io.to([mine, userRoom(direct.to)]).emit('direct message', direct)
    socket.broadcast.except([mine, userRoom(direct.to)]).emit('direct message', direct)`,
    },
  ],
  fails: 'both hear it in all their tabs, and nobody else does',
  says: 'an event name is no private channel',
} satisfies Wrong
