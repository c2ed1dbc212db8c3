import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the password itself is kept; the file is on our machine, after all',
  changes: [
    {
      file: 'passwords.ts',
      from: '  return inTurn(() => hash(password, cost))',
      to: '  return Promise.resolve(password)',
    },
    {
      file: 'passwords.ts',
      from: '  return inTurn(async () => (await verify(kept ?? (await nobodysHash), password)) && kept !== undefined)',
      to: '  return Promise.resolve(kept === password)',
    },
  ],
  fails: 'no password is kept, only its argon2id',
  says: 'the password is in no file',
} satisfies Wrong
