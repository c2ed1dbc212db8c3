import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page does not ask for the rest',
  changes: [
    {
      file: 'page/client.ts',
      from: `  later(answer.more ? 0 : syncEveryMs, () => seen && catchUp(seen))
`,
      to: `  later(syncEveryMs, () => seen && catchUp(seen))
`,
    },
  ],
  fails: 'a page that was away shows all of it, in every place, once and in order',
  says: 'later(answer.more ? 0 : syncEveryMs',
} satisfies Wrong
