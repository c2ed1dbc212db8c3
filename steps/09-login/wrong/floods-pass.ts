import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who has an account is trusted to behave',
  changes: [
    {
      file: 'server.ts',
      from: `    if (allowance < 1) return refuse(\`Slow down: \${perSecond} a second is the most.\`, sent.at(-1))\n`,
      to: ``,
    },
  ],
  fails: 'who floods is told to slow down, and nobody else is',
  says: 'all were accepted',
} satisfies Wrong
