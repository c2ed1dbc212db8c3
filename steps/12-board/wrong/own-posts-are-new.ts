import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what is newer than the last look is new, whoever wrote it',
  changes: [
    {
      file: 'posts.ts',
      from: 'WHERE account_id <> ? AND id >',
      to: 'WHERE account_id <> -? AND id >',
    },
  ],
  fails: 'posts of others that one has not seen are counted',
  says: 'own are not new',
} satisfies Wrong
