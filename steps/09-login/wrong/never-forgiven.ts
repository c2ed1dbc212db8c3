import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'an attempt is an attempt',
  changes: [
    {
      file: 'accounts.ts',
      from: `    forgive(username)
`,
      to: '',
    },
    {
      file: 'accounts.ts',
      from: 'import { attempt, forgive }',
      to: 'import { attempt }',
    },
  ],
  fails: 'the right password lets in each time, and only as it was typed',
  says: 'a right password is no guess',
} satisfies Wrong
