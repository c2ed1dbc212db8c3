import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page trusts what is announced',
  changes: [
    {
      file: 'page/client.ts',
      from: `  askAgain(answer.more ? 0 : syncEveryMs)
`,
      to: `  if (answer.more) askAgain(0)
`,
    },
  ],
  fails: 'what nobody has announced comes to the page all the same',
  says: 'it does not',
} satisfies Wrong
