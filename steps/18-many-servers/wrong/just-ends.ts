import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'it ends in the middle',
  changes: [
    {
      file: 'server.ts',
      from: `await listen(server, (closed) => leave(io, closed))`,
      to: `await listen(server, async () => process.exit(1))`,
    },
  ],
  fails: 'who is asked to stop finishes, and its pages go elsewhere',
  says: '"new message" is acknowledged',
} satisfies Wrong
