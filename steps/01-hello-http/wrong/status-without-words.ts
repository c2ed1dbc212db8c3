import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'sendStatus() or end(): the number is right, and nobody reads a number',
  changes: [
    {
      file: 'server.ts',
      from: "response.status(404).type('text').send(`There is nothing at ${request.path}`)",
      to: 'response.status(404).end()',
    },
  ],
  fails: 'anything else is 404, in words',
  says: 'no words at all',
} satisfies Wrong
