import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'socket.to leaves out the sending tab, and nothing else speaks to it',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `io.to([\`user:\${id}\`, \`user:\${to}\`]).emit('direct message', kept)`,
      to: `socket.to([\`user:\${id}\`, \`user:\${to}\`]).emit('direct message', kept)`,
    },
  ],
  fails: 'both hear it in all their tabs, and nobody else does',
  says: 'a room for each person',
} satisfies Wrong
