import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'errors are looked after before they can happen',
  changes: [
    {
      file: 'server.ts',
      from: `app.use(answerErrors)

`,
      to: '',
    },
    {
      file: 'server.ts',
      from: `app.use(sessions)
`,
      to: `app.use(answerErrors)
app.use(sessions)
`,
    },
  ],
  fails: 'what cannot be read is refused in words',
  says: 'behind everything else',
} satisfies Wrong
