import type { Wrong } from '#shared/check/wrong'

export default {
  story: `the sessions are for Express alone, and a socket has none`,
  changes: [
    {
      file: 'server.ts',
      from: `io.engine.use(sessions)

`,
      to: ``,
    },
  ],
  fails: `a socket without a login is turned away`,
  says: `io.engine.use(sessions)`,
} satisfies Wrong
