import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a page waits for a login that was lost',
  changes: [
    {
      file: 'page/client.ts',
      from: `  later(syncEveryMs, () => socket.io.engine.close()) // No login by then: it was lost.
`,
      to: ``,
    },
  ],
  fails: 'a page whose login was lost connects again',
  says: 'it waits',
} satisfies Wrong
