import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'spaces around what was typed are a slip',
  changes: [
    {
      file: 'forms.ts',
      from: "password: z.string('A password is a text.').min(8",
      to: "password: z.string('A password is a text.').trim().min(8",
    },
  ],
  fails: 'the right password lets in each time, and only as it was typed',
  says: 'is not trimmed',
} satisfies Wrong
