import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the message says which room it is for, and the pages sort it out',
  changes: [
    {
      file: 'server.ts',
      from: "if (said) io.to(chatRoom(data.room)).emit('room message', said)",
      to: "if (said) io.emit('room message', said)",
    },
  ],
  fails: 'a message reaches the members, in all their tabs, and nobody else',
  says: 'stays in it',
} satisfies Wrong
