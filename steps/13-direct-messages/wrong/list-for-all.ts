import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the message goes to two, and the list of what is new to everybody',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `    io.to(\`user:\${person}\`).emit('conversations', conversationsOf(person))`,
      to: `    io.emit('conversations', conversationsOf(person))`,
    },
  ],
  fails: 'both hear it in all their tabs, and nobody else does',
  says: 'she heard "conversations"',
} satisfies Wrong
