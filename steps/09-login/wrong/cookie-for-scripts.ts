import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page wants to know whether somebody is logged in, and reads the cookie',
  changes: [
    {
      file: 'sessions.ts',
      from: 'httpOnly: true',
      to: 'httpOnly: false',
    },
  ],
  fails: 'who logs in gets a new session, in a cookie that scripts cannot read',
  says: 'cannot take it along',
} satisfies Wrong
