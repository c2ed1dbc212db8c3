import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page sends everything as a new message',
  changes: [
    {
      file: 'page/client.ts',
      from: "  if (room !== undefined) socket.timeout(patienceMs).emit('room message', { room, message }, whenAnswered)",
      to: "  if (room !== undefined) socket.timeout(patienceMs).emit('new message', message, whenAnswered)",
    },
  ],
  fails: 'three pages: two in a room, and one outside',
  says: "socket.on('room message')",
} satisfies Wrong
