import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'without an account there is nothing to verify',
  changes: [
    {
      file: 'accounts.ts',
      from: 'const isRight = await verify(account?.password_hash ?? (await nobodysHash), password)',
      to: 'const isRight = account !== undefined && (await verify(account.password_hash, password))',
    },
  ],
  fails: 'the time does not tell who has an account',
  says: 'also when there is no account',
} satisfies Wrong
