import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the fourth parameter is not used, so it goes, and Express takes the handler for an ordinary one',
  changes: [
    {
      file: 'server.ts',
      from: '(error, _request, response, _next) =>',
      to: '(error, _request, response) =>',
    },
  ],
  fails: 'an empty or an endless text is refused, with a reason',
  says: 'An app.use() with four parameters',
} satisfies Wrong
