import type { Wrong } from '#shared/check/wrong'

export default {
  story: `who comes is announced to all, themselves as well`,
  changes: [
    {
      file: 'chat.ts',
      from: `  socket.broadcast.emit('user joined', { username, numUsers })`,
      to: `  socket.broadcast.emit('user joined', { username, numUsers })
  socket.emit('user joined', { username, numUsers })`,
    },
  ],
  fails: `who comes and who leaves is announced and counted`,
  says: `numUsers goes up with each connection`,
} satisfies Wrong
