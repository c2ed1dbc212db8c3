import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who comes second announces it, too',
  changes: [
    {
      file: 'chat.ts',
      from: `    if (isNew) socket.to`,
      to: `    socket.to`,
    },
  ],
  fails: 'the same key, sent to two servers at once, is kept once and announced once',
  says: 'ben hears each of them once',
} satisfies Wrong
