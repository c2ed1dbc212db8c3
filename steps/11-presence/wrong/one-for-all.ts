import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'one allowance for everybody',
  changes: [
    {
      file: 'throttle.ts',
      from: `spend(socket.data.person.id)`,
      to: `spend(0)`,
    },
  ],
  fails: 'who floods is told to slow down, in all their tabs together, and nobody else is',
  says: 'one for each person',
} satisfies Wrong
