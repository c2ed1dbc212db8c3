import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the timer runs on when the page is back',
  changes: [
    {
      file: 'presence.ts',
      from: `  clearTimeout(known?.leaving)
`,
      to: ``,
    },
  ],
  fails: 'however many tabs and reloads, it is one person',
  says: 'presence.ts',
} satisfies Wrong
