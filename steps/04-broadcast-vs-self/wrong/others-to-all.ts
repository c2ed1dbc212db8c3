import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'test.emit where socket.broadcast.emit belongs: the sender hears it as well',
  changes: [
    {
      file: 'server.ts',
      from: 'socket.broadcast.emit(',
      to: 'test.emit(',
    },
  ],
  fails: 'to everyone else: all but the sender hear it',
  says: 'socket.broadcast.emit()',
} satisfies Wrong
