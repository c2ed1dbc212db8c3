import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the password itself is kept; the file is on our machine, after all',
  changes: [
    {
      file: 'accounts.ts',
      from: 'const passwordHash = await hash(data.password, cost)',
      to: 'const passwordHash = data.password',
    },
    {
      file: 'accounts.ts',
      from: 'const isRight = await verify(account?.password_hash ?? (await nobodysHash), password)',
      to: 'const isRight = (account?.password_hash ?? (await nobodysHash)) === password',
    },
  ],
  fails: 'no password is kept, only its argon2id',
  says: 'the password stands in no file',
} satisfies Wrong
