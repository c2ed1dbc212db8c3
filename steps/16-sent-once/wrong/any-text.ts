import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'any text is a key, as in the official tutorial: undefined-0',
  changes: [
    {
      file: 'text.ts',
      from: `z.uuid('A key is a UUID, which the page makes.')`,
      to: `z.string('A key is a text.').min(1)`,
    },
  ],
  fails: 'the same key again gets the same answer, and is kept and heard once',
  says: 'text.ts — messageKey: z.uuid()',
} satisfies Wrong
