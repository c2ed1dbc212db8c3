import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'test.emit for a note to oneself: the sender sees it, so it looks right in one window',
  changes: [
    {
      file: 'server.ts',
      from: `if (line) socket.emit('display_message', line)`,
      to: `if (line) test.emit('display_message', line)`,
    },
  ],
  fails: 'to myself: nobody else hears it',
  says: 'test.emit()',
} satisfies Wrong
