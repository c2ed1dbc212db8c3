import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'io.emit reaches everyone, so the sender hears her own message once more',
  changes: [
    {
      file: 'server.ts',
      from: `socket.broadcast.emit('new message', { username, message })`,
      to: `io.emit('new message', { username, message })`,
    },
  ],
  fails: 'everyone else hears a message',
  says: 'socket.broadcast.emit() skips the sender',
} satisfies Wrong
