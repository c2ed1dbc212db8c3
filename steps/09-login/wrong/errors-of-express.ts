import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'Express answers errors by itself',
  changes: [
    {
      file: 'server.ts',
      from: `app.use(answerErrors)

`,
      to: '',
    },
    {
      file: 'server.ts',
      from: `import { answerErrors } from './errors.ts'
`,
      to: '',
    },
  ],
  fails: 'what cannot be read is refused in words',
  says: 'and a page about the error',
} satisfies Wrong
