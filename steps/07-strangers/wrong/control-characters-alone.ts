import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'names are cleaned of control characters, and those without width are none',
  changes: [
    {
      file: 'server.ts',
      from: 'const unseen = /[\\p{C}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]/u',
      to: 'const unseen = /\\p{Cc}/u',
    },
  ],
  fails: 'a name can be seen',
  says: 'a character without width',
} satisfies Wrong
