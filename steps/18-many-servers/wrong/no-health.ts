import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'nobody asks whether it runs',
  changes: [
    {
      file: 'server.ts',
      from: `app.use(health()) // before the log, which it would fill
`,
      to: ``,
    },
  ],
  fails: 'the process says that it runs, and that guests may be sent to it',
  says: 'GET /healthz',
} satisfies Wrong
