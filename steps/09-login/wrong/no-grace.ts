import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who has no tab has left, at once',
  changes: [
    {
      file: 'presence.ts',
      from: `  known.leaving = setTimeout(() => {
    here.delete(id)
    left()
  }, graceMs)`,
      to: `  here.delete(id)
  left()`,
    },
    {
      file: 'presence.ts',
      from: `const graceMs = 3_000 // Loading the page again, or a short gap in the Wi-Fi, is no leaving.
`,
      to: '',
    },
  ],
  fails: 'however many tabs and reloads, it is one person',
  says: 'wait a few seconds',
} satisfies Wrong
