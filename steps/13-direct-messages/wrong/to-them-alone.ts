import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the sender knows what they have said',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `io.to([\`user:\${id}\`, \`user:\${to}\`]).emit('direct message', kept)`,
      to: `io.to(\`user:\${to}\`).emit('direct message', kept)`,
    },
  ],
  fails: 'both hear it in all their tabs, and nobody else does',
  says: 'with all their tabs in it',
} satisfies Wrong
