import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page does not ask for the rest',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (answer.more) catchUp(seen)
`,
      to: ``,
    },
  ],
  fails: 'a page that was away shows all of it, in every place, once and in order',
  says: 'if (answer.more) catchUp(seen)',
} satisfies Wrong
