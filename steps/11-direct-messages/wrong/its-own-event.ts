import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the event has a name of its own, so only those who listen for it hear it',
  changes: [
    {
      file: 'server.ts',
      from: "io.to([mine, userRoom(direct.to)]).emit('direct message', direct)",
      to: "io.emit('direct message', direct)",
    },
  ],
  fails: 'both hear it in all their tabs, and nobody else does',
  says: 'an event name is no private channel',
} satisfies Wrong
