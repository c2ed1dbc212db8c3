import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'typing is passed on before there is a name',
  changes: [
    {
      file: 'server.ts',
      from: `    if (username) socket.broadcast.emit('stop typing', { username })`,
      to: `    socket.broadcast.emit('stop typing', { username: username ?? 'nobody' })`,
    },
  ],
  fails: 'nobody types without a name',
  says: 'before its sender has a name',
} satisfies Wrong
