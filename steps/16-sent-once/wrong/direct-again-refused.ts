import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the second time, a direct message is refused',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `    if (sent(id, key)) return // sent again: it is kept, and both were told
`,
      to: `    if (sent(id, key)) throw new Refusal('You have said that.')
`,
    },
  ],
  fails: 'a direct message with the same key is kept and heard once',
  says: 'if (sent(id, key)) return',
} satisfies Wrong
