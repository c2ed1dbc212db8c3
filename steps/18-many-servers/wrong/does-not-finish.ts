import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what was begun when it was asked to stop gets no answer',
  changes: [
    {
      file: 'server.ts',
      from: `await listen(server, (closed) => leave(io, closed))`,
      to: `await listen(server)`,
    },
  ],
  fails: 'who is asked to stop finishes, and its pages go elsewhere',
  says: '"new message" is acknowledged',
} satisfies Wrong
