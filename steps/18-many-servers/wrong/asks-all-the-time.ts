import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page asks as often as it can',
  changes: [
    {
      file: 'page/client.ts',
      from: `  askAgain(answer.more ? 0 : syncEveryMs)
`,
      to: `  askAgain(firstWaitMs)
`,
    },
  ],
  fails: 'what nobody has announced comes to the page all the same',
  says: 'the page asks once, when it comes in',
} satisfies Wrong
