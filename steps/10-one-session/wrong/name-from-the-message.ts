import type { Wrong } from '#shared/check/wrong'

export default {
  story: `who speaks says who they are`,
  changes: [
    {
      file: 'chat.ts',
      from: `  socket.on('typing', () => {
    socket.broadcast.emit('typing', { username })`,
      to: `  socket.on('typing', (...sent: unknown[]) => {
    socket.broadcast.emit('typing', { username, ...Object(sent[0]) })`,
    },
  ],
  fails: `who you are comes from the session, and from nowhere else`,
  says: `nothing that ben sends can change it`,
} satisfies Wrong
