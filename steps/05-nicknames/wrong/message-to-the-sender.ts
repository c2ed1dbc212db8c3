import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'socket.emit answers the sender, and nobody else hears a word',
  changes: [
    {
      file: 'server.ts',
      from: `socket.broadcast.emit('new message', { username, message })`,
      to: `socket.emit('new message', { username, message })`,
    },
  ],
  fails: 'everyone else hears a message',
  says: 'socket.emit() reaches the sender alone',
} satisfies Wrong
