import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'once to the one room, and once to the other',
  changes: [
    {
      file: 'server.ts',
      from: "io.to([mine, userRoom(direct.to)]).emit('direct message', direct)",
      to: "for (const room of [mine, mine, userRoom(direct.to)]) io.to(room).emit('direct message', direct)",
    },
  ],
  fails: 'both hear it in all their tabs, and nobody else does',
  says: 'hears it once',
} satisfies Wrong
