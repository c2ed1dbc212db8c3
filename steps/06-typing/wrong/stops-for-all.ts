import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'io.emit tells everybody who stopped, and so the one who stops as well',
  changes: [
    {
      file: 'server.ts',
      from: `socket.broadcast.emit('stop typing', { username })`,
      to: `io.emit('stop typing', { username })`,
    },
  ],
  fails: 'the others see who is typing, and who stops',
  says: 'socket.broadcast skips the sender',
} satisfies Wrong
