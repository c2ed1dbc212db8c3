import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'no answer is the end of it',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (!answer.ok) return later(firstWaitMs, () => catchUp(from))
`,
      to: `  if (!answer.ok) return
`,
    },
  ],
  fails: 'a page that has got no answer asks again',
  says: 'later(firstWaitMs',
} satisfies Wrong
