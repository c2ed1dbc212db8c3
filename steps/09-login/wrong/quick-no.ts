import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'without an account there is nothing to compare with',
  changes: [
    {
      file: 'accounts.ts',
      from: `    const isRight = await isPassword(password, account?.passwordHash)
`,
      to: `    const isRight = account !== undefined && (await isPassword(password, account.passwordHash))
`,
    },
  ],
  fails: 'the time does not tell who has an account',
  says: 'also when there is no account',
} satisfies Wrong
