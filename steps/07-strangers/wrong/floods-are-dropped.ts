import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who sends too much is simply not answered',
  changes: [
    {
      file: 'server.ts',
      from: `    if (allowance < 1) return refuse(\`Slow down: \${perSecond} a second is the most.\`, sent.at(-1))
`,
      to: `    if (allowance < 1) return
`,
    },
  ],
  fails: 'who sends more than their allowance is told to slow down, and nobody else is',
  says: 'not one refusal in words',
} satisfies Wrong
