import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a hundred refusals are enough: a page with a mistake in it is cut off before anybody has read why',
  changes: [
    {
      file: 'server.ts',
      from: 'const mostRefusals = 1_000',
      to: 'const mostRefusals = 100',
    },
  ],
  fails: 'who sends more than their allowance is told to slow down, and nobody else is',
  says: 'the server has hung up on him',
} satisfies Wrong
