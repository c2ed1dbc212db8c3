import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the limit is forgotten: the page sends no faster than people type',
  changes: [
    {
      file: 'server.ts',
      from: `    if (allowance < 1) return refuse(\`Slow down: \${perSecond} a second is the most.\`, sent.at(-1))
`,
      to: '',
    },
  ],
  fails: 'who sends more than their allowance is told to slow down, and nobody else is',
  says: 'all were accepted',
} satisfies Wrong
