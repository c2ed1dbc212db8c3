import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'everybody is told who has come in, as if it was they themselves',
  changes: [
    {
      file: 'chat.ts',
      from: `  socket.emit('login', { ...person`,
      to: `  io.emit('login', { ...person`,
    },
  ],
  fails: 'what was said since a number comes in order, and only what comes after it',
  says: 'to this tab alone',
} satisfies Wrong
