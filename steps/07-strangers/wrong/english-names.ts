import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a name has letters from a to z',
  changes: [
    {
      file: 'server.ts',
      from: 'const seen = /[\\p{L}\\p{N}\\p{P}\\p{S}]/u',
      to: 'const seen = /^[\\w ]+$/',
    },
  ],
  fails: 'a name can be seen',
  says: 'in any script',
} satisfies Wrong
