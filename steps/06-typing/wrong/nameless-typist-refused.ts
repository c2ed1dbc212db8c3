import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'without a name everything is refused, so typing is, too: a guest at the door hears a refusal for each key',
  changes: [
    {
      file: 'server.ts',
      from: `    if (username) socket.broadcast.emit('typing', { username })`,
      to: `    if (!username) return refuse('Choose a name before you type.', undefined)
    socket.broadcast.emit('typing', { username })`,
    },
  ],
  fails: 'nobody types without a name',
  says: 'nobody is refused for typing',
} satisfies Wrong
