import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'parseInt finds a number in almost everything',
  changes: [
    {
      file: 'own-posts.ts',
      from: 'postOf(Number(request.params.id))',
      to: 'postOf(parseInt(String(request.params.id), 10))',
    },
  ],
  fails: 'a post that does not exist is 404, in words',
  says: '404 before anything else',
} satisfies Wrong
