import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what is newer than the last look is new, whoever wrote it',
  changes: [
    {
      file: 'board.ts',
      from: 'WHERE account_id <> ? AND id >',
      to: 'WHERE account_id <> -? AND id >',
    },
  ],
  fails: 'the chat tells of it, and counts what was not read',
  says: 'what one has written oneself',
} satisfies Wrong
