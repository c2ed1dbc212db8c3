import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what goes wrong here is nobody else’s business',
  changes: [
    {
      file: 'errors.ts',
      from: "  response.status(status).type('text').send(sentenceOf(status, error))",
      to: "  response.status(status).type('text').send(status < 500 ? sentenceOf(status, error) : '')",
    },
  ],
  fails: 'who cannot be let in, since the database is locked, is told',
  says: 'logging in is refused: 500, and a sentence',
} satisfies Wrong
