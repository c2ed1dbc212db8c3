import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a direct message is kept each time that it comes',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `    if (sent(id, key)) return // sent again: it is kept, and both were told
`,
      to: ``,
    },
    {
      file: 'direct-messages.ts',
      from: `keepDirect(id, to, message, key)`,
      to: `keepDirect(id, to, message, undefined)`,
    },
  ],
  fails: 'a direct message with the same key is kept and heard once',
  says: 'if (sent(id, key)) return',
} satisfies Wrong
