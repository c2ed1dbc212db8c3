import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'once to the one room, and once to the other; who is in both hears it twice',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `io.to([\`user:\${id}\`, \`user:\${to}\`]).emit('direct message', kept)`,
      to: `io.to(\`user:\${id}\`).emit('direct message', kept)
    io.to([\`user:\${id}\`, \`user:\${to}\`]).emit('direct message', kept)`,
    },
  ],
  fails: 'both hear it in all their tabs, and nobody else does',
  says: 'hears it once',
} satisfies Wrong
