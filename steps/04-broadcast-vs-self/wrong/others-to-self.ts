import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'socket.emit for everyone else: it reaches the sender, and nobody else',
  changes: [
    {
      file: 'server.ts',
      from: 'socket.broadcast.emit(',
      to: 'socket.emit(',
    },
  ],
  fails: 'to everyone else: all but the sender hear it',
  says: 'Expected: ben hears "hello".  Saw: only ann did.',
} satisfies Wrong
