import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'io.emit sends the history to everybody each time that somebody comes',
  changes: [
    {
      file: 'server.ts',
      from: "socket.emit('history'",
      to: "io.emit('history'",
    },
  ],
  fails: 'who comes later reads what was said before',
  says: 'io.emit() all of them',
} satisfies Wrong
