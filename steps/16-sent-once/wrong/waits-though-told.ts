import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page waits, though it has heard its own message',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (direct.key) outbox.remove(direct.key) // It is kept, or nobody would be told.
`,
      to: ``,
    },
  ],
  fails: 'a direct message whose acknowledgement was lost does not wait, and is shown once',
  says: 'if (direct.key) outbox.remove(direct.key)',
} satisfies Wrong
