import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'Redis was away, and the pages wait for what they have missed',
  changes: [
    {
      file: 'server.ts',
      from: `whenBack(() => closeAll(io))
`,
      to: ``,
    },
  ],
  fails: 'a server that was without Redis sends its pages away, and they come again',
  says: 'it stays connected',
} satisfies Wrong
