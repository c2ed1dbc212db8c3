import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the sessions are used where they are needed last, below the forms',
  changes: [
    {
      file: 'server.ts',
      from: `app.use(sessions)
`,
      to: '',
    },
    {
      file: 'server.ts',
      from: `app.use(register(), accounts())
`,
      to: `app.use(register(), accounts())
app.use(sessions)
`,
    },
  ],
  fails: 'registering lets you in, and nobody else comes in',
  says: "Cannot read properties of undefined (reading 'regenerate')",
} satisfies Wrong
