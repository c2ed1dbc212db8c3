import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'Piano and PIANO are two rooms',
  changes: [
    {
      file: 'rooms.ts',
      from: "const key = name.normalize('NFKC').toLowerCase()",
      to: 'const key = name',
    },
  ],
  fails: 'a name is taken once, whatever its case',
  says: 'in lower case',
} satisfies Wrong
