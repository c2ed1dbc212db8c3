import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the other one is told the key as well',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `emit('direct message', kept)
`,
      to: `emit('direct message', { ...kept, key })
`,
    },
  ],
  fails: 'a direct message with the same key is kept and heard once',
  says: 'to one’s own tabs alone',
} satisfies Wrong
