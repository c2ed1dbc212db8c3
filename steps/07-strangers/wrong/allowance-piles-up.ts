import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a silent guest saves up: ten more each second, for hours',
  changes: [
    {
      file: 'server.ts',
      from: `    allowance = Math.min(mostAtOnce, allowance + ((now - countedAt) / 1000) * perSecond)
`,
      to: `    allowance += ((now - countedAt) / 1000) * perSecond
`,
    },
  ],
  fails: 'who sends more than their allowance is told to slow down, and nobody else is',
  says: 'accepted at once',
} satisfies Wrong
