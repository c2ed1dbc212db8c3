import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'when the tab is gone, its person types on',
  changes: [
    {
      file: 'server.ts',
      from: `    if (isTyping) stopTyping() // This tab is gone, and the person may have others.
`,
      to: '',
    },
  ],
  fails: 'typing is seen by others, not in one’s own tabs, and ends with the tab',
  says: 'says so',
} satisfies Wrong
