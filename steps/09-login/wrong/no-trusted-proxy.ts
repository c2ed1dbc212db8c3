import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a proxy is no concern of ours',
  changes: [
    {
      file: 'server.ts',
      from: `app.set('trust proxy', 'loopback') // so that a tunnel's https counts, and the cookie is marked as secure
`,
      to: '',
    },
  ],
  fails: 'who logs in gets a new session, in a cookie that scripts cannot read',
  says: 'a cookie for https alone',
} satisfies Wrong
