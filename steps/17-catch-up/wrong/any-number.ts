import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a number below 0 is taken',
  changes: [
    {
      file: 'asked.ts',
      from: `z.int(what).nonnegative(what)`,
      to: `z.int(what)`,
    },
  ],
  fails: 'what was seen is two numbers',
  says: 'gets seen, of asked.ts',
} satisfies Wrong
