import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the goodbye is said for guests who never had a name, too',
  changes: [
    {
      file: 'server.ts',
      from: `  socket.on('disconnect', () => {
    if (!username) return
    taken.delete(username.toLowerCase())
    socket.broadcast.emit('user left', { username, numUsers: taken.size })`,
      to: `  socket.on('disconnect', () => {
    taken.delete(String(username).toLowerCase())
    socket.broadcast.emit('user left', { username: String(username), numUsers: taken.size })`,
    },
  ],
  fails: 'who leaves is announced and counted out',
  says: 'a guest without a name',
} satisfies Wrong
