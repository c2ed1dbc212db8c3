import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who gets a message is told of the count, and who sends it is not',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `    tell(id)
    tell(to)
`,
      to: `    tell(to)
`,
    },
  ],
  fails: 'what was not read is counted, for each conversation and in all tabs',
  says: 'tell(id) and tell(to)',
} satisfies Wrong
