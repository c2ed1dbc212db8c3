import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page asks as often as it can',
  changes: [
    {
      file: 'page/client.ts',
      from: `  later(answer.more ? 0 : syncEveryMs, () => seen && catchUp(seen))
`,
      to: `  later(firstWaitMs, () => seen && catchUp(seen))
`,
    },
  ],
  fails: 'what was lost on the way comes to the page all the same',
  says: 'the page asks once, when it comes in',
} satisfies Wrong
