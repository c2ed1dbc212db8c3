import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each connection joins',
  changes: [
    {
      file: 'presence.ts',
      from: `  return !known
`,
      to: `  return true
`,
    },
  ],
  fails: 'however many tabs and reloads, it is one person',
  says: 'a second tab is no second person',
} satisfies Wrong
