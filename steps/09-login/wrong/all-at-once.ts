import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'thirty passwords are hashed at once, which is quicker',
  changes: [
    {
      file: 'passwords.ts',
      from: 'const maxAtOnce = 2',
      to: 'const maxAtOnce = 40',
    },
  ],
  fails: 'while thirty people log in, the page still comes',
  says: 'of the four threads',
} satisfies Wrong
