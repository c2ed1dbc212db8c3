import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a tab that closes is a person who leaves',
  changes: [
    {
      file: 'presence.ts',
      from: `if (!known || --known.tabs > 0) return`,
      to: `if (!known) return
  known.tabs--`,
    },
  ],
  fails: 'however many tabs and reloads, it is one person',
  says: 'presence.ts',
} satisfies Wrong
