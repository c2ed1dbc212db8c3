import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'io.emit tells everybody who is typing, and so the one who types as well',
  changes: [
    {
      file: 'server.ts',
      from: `socket.broadcast.emit('typing', { username })`,
      to: `io.emit('typing', { username })`,
    },
  ],
  fails: 'the others see who is typing, and who stops',
  says: 'nobody needs to be told that they type themselves',
} satisfies Wrong
