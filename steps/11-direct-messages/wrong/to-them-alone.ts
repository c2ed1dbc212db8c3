import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the sender knows what they have said',
  changes: [
    {
      file: 'server.ts',
      from: "io.to([mine, userRoom(direct.to)]).emit('direct message', direct)",
      to: "io.to(userRoom(direct.to)).emit('direct message', direct)",
    },
  ],
  fails: 'both hear it in all their tabs, and nobody else does',
  says: 'with all their tabs in it',
} satisfies Wrong
