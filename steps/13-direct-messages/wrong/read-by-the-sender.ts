import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who opens a conversation has seen it, and so it counts as read, in both directions',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `    const messages = between(id, them)
    if (hasRead(id, them)) tell(id)
`,
      to: `    const messages = between(id, them)
    if (hasRead(id, them)) tell(id)
    hasRead(them, id)
`,
    },
  ],
  fails: 'what was not read is counted, for each conversation and in all tabs',
  says: 'and not what they sent',
} satisfies Wrong
