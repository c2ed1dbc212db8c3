import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the allowance is used up once and for all',
  changes: [
    {
      file: 'server.ts',
      from: `    allowance = Math.min(mostAtOnce, allowance + ((now - countedAt) / 1000) * perSecond)
`,
      to: '',
    },
  ],
  fails: 'who sends more than their allowance is told to slow down, and nobody else is',
  says: 'ben may speak again',
} satisfies Wrong
