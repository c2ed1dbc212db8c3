import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'typing in private is told to everyone',
  changes: [
    {
      file: 'page/client.ts',
      from: 'if (!socket.connected || talkingTo) return // Everybody would see that one types, and wait.',
      to: 'if (!socket.connected) return',
    },
  ],
  fails: 'what is typed for one person never goes to everyone',
  says: 'nobody is told that ann types to ben',
} satisfies Wrong
