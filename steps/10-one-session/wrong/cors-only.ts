import type { Wrong } from '#shared/check/wrong'

export default {
  story: `the option cors names our own page, which should keep the others out`,
  changes: [
    {
      file: 'server.ts',
      from: `  allowRequest: (request, answer) => answer(null, isOurs(request)), // by default a WebSocket from anywhere opens
`,
      to: `  cors: { origin: 'http://localhost:3000' },
`,
    },
  ],
  fails: `a form or a socket from another origin is refused`,
  says: `it opened`,
} satisfies Wrong
