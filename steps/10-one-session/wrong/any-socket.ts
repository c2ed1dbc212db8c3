import type { Wrong } from '#shared/check/wrong'

export default {
  story: `Socket.IO looks after where its guests come from`,
  changes: [
    {
      file: 'server.ts',
      from: `  allowRequest: (request, answer) => answer(null, isOurs(request)), // by default a WebSocket from anywhere opens
`,
      to: ``,
    },
  ],
  fails: `a form or a socket from another origin is refused`,
  says: `it opened`,
} satisfies Wrong
