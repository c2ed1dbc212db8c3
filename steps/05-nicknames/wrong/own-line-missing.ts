import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page waits for her own message to come back, and the server skips her',
  changes: [
    {
      file: 'page/client.ts',
      from: `if (answer?.ok) return say(myName, message)`,
      to: `if (answer?.ok) return`,
    },
  ],
  fails: 'two windows chat, in the colours of their names',
  says: 'who shows what Ann wrote: her own page',
} satisfies Wrong
