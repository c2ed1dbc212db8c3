import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the form says who publishes',
  changes: [
    {
      file: 'board.ts',
      from: 'addPost(id, data)',
      to: 'addPost(Number(request.body.accountId ?? id), data)',
    },
  ],
  fails: 'what one publishes, all can read, newest first',
  says: 'and not by the form',
} satisfies Wrong
