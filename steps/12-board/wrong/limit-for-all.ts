import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'one allowance for the board, which ann uses up for everybody',
  changes: [
    {
      file: 'board.ts',
      from: 'spend(id, 10)',
      to: 'spend(0, 10)',
    },
  ],
  fails: 'who publishes too much is told to slow down, and the others are left in peace',
  says: 'counts for each person',
} satisfies Wrong
