import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who speaks says who they are',
  changes: [
    {
      file: 'server.ts',
      from: `  socket.on('typing', () => {
    isTyping = true
    socket.broadcast.except(mine).emit('typing', { username })`,
      to: `  socket.on('typing', (...sent: unknown[]) => {
    isTyping = true
    socket.broadcast.except(mine).emit('typing', { username, ...Object(sent[0]) })`,
    },
  ],
  fails: 'who you are comes from the session, and from nowhere else',
  says: 'nothing that a guest sends can change that',
} satisfies Wrong
