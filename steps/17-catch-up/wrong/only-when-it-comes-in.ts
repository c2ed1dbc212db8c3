import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page asks once, when it is loaded',
  changes: [
    {
      file: 'page/client.ts',
      from: `  seen ??= newest // what came before is history
  catchUp(seen)
`,
      to: `  if (!seen) catchUp((seen = newest))
`,
    },
  ],
  fails: 'a page that was away shows all of it, in every place, once and in order',
  says: 'catchUp(seen)',
} satisfies Wrong
