import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'nobody is told who comes',
  changes: [
    {
      file: 'server.ts',
      from: `announce(io)
`,
      to: ``,
    },
  ],
  fails: 'what is said at one server is heard at the others, by those who may hear it',
  says: 'list has',
} satisfies Wrong
