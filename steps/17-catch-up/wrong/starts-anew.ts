import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each connection begins with the newest number',
  changes: [
    {
      file: 'page/client.ts',
      from: `  seen ??= newest // what came before is history
`,
      to: `  seen = newest
`,
    },
  ],
  fails: 'a page that was away shows all of it, in every place, once and in order',
  says: 'catchUp(seen)',
} satisfies Wrong
