import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what one has said in another tab is counted as new',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (said.username === me.username) return // from another tab
`,
      to: '',
    },
  ],
  fails: 'what is read in one tab is not new in another',
  says: 'is not new',
} satisfies Wrong
