import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'typing in private is told to everyone',
  changes: [
    {
      file: 'page/client.ts',
      from: 'if (!socket.connected || talkingTo !== everyone) return // Everybody would see that one types, and wait.',
      to: 'if (!socket.connected) return',
    },
  ],
  fails: 'two pages talk in private, and a third sees nothing',
  says: 'not while one talks to one person',
} satisfies Wrong
