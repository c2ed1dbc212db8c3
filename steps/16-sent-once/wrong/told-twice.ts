import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what is sent again is kept once, and told again',
  changes: [
    {
      file: 'chat.ts',
      from: `    if (before) return { id: before.id, at: before.at } // sent again: the same answer, and nobody hears it twice
`,
      to: `    if (before) {
      socket.to(\`room:\${room}\`).emit('new message', before)
      return { id: before.id, at: before.at }
    }
`,
    },
  ],
  fails: 'the same key again gets the same answer, and is kept and heard once',
  says: 'nobody hears it again',
} satisfies Wrong
