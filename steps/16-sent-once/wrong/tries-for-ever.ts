import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what is refused for good is sent again and again',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (!answer.ok && answer.again) return tryAgain()
`,
      to: `  if (!answer.ok) return tryAgain()
`,
    },
    {
      file: 'page/client.ts',
      from: `  else outbox.refuse(next, answer.error)
`,
      to: ``,
    },
  ],
  fails: 'what is refused is marked, says why, and can be taken back',
  says: 'outbox.refuse(next, answer.error)',
} satisfies Wrong
