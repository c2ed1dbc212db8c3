import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page is served first, and the door comes below it',
  changes: [
    {
      file: 'server.ts',
      from: `app.use(page(import.meta.dirname))

`,
      to: '',
    },
    {
      file: 'server.ts',
      from: `app.use(sessions)
`,
      to: `app.use(page(import.meta.dirname))

app.use(sessions)
`,
    },
  ],
  fails: 'registering lets you in, and nobody else comes in',
  says: 'Expected: 303, and on to /login',
} satisfies Wrong
