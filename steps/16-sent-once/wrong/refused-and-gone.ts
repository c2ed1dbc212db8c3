import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what is refused is dropped without a word',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (answer.ok) outbox.remove(next.key)
  else outbox.refuse(next, answer.error)
`,
      to: `  outbox.remove(next.key)
`,
    },
  ],
  fails: 'what is refused is marked, says why, and can be taken back',
  says: 'outbox.refuse(next, answer.error)',
} satisfies Wrong
