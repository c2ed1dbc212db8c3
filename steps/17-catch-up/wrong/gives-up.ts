import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'no answer is the end of it',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (!answer.ok) return void setTimeout(catchUp, firstWaitMs, from)
`,
      to: `  if (!answer.ok) return
`,
    },
  ],
  fails: 'a page that has got no answer asks again',
  says: 'setTimeout(catchUp',
} satisfies Wrong
