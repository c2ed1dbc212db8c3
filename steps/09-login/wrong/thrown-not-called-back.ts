import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the store throws what the database throws',
  changes: [
    {
      file: 'session-store.ts',
      from: `  try {
    work()
  } catch (error) {
    return done(error)
  }
  done()`,
      to: `  work()
  done()`,
    },
  ],
  fails: 'logging out ends the session, and only a form does it',
  says: 'session-store.ts',
} satisfies Wrong
