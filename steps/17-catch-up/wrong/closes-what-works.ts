import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each connection is closed after 20 seconds',
  changes: [
    {
      file: 'page/client.ts',
      from: `function later(ms: number, what: () => void) {
  clearTimeout(timer)
`,
      to: `function later(ms: number, what: () => void) {
`,
    },
  ],
  fails: 'what was lost on the way comes to the page all the same',
  says: 'it stays connected',
} satisfies Wrong
