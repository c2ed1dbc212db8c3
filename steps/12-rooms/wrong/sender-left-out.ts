import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who speaks has seen it already',
  changes: [
    {
      file: 'server.ts',
      from: "if (said) io.to(chatRoom(data.room)).emit('room message', said)",
      to: "if (said) socket.to(chatRoom(data.room)).emit('room message', said)",
    },
  ],
  fails: 'a message reaches the members, in all their tabs, and nobody else',
  says: 'ann hears',
} satisfies Wrong
