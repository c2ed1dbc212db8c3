import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a form is text, and Express reads it by itself',
  changes: [
    {
      file: 'server.ts',
      from: `app.use(express.urlencoded({ extended: false, limit: '10kb' }))
`,
      to: '',
    },
  ],
  fails: 'registering lets you in, and nobody else comes in',
  says: 'sessions, then urlencoded',
} satisfies Wrong
