import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'secure is false, for at home there is no https',
  changes: [
    {
      file: 'sessions.ts',
      from: "secure: 'auto'",
      to: 'secure: false',
    },
  ],
  fails: 'who logs in gets a new session, in a cookie that scripts cannot read',
  says: 'a cookie for https alone',
} satisfies Wrong
