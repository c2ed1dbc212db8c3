import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'whoever was away for long gets all of it in one answer',
  changes: [
    {
      file: 'catch-up.ts',
      from: `const maxAtOnce = 200`,
      to: `const maxAtOnce = 20_000`,
    },
  ],
  fails: 'an answer holds 200 at most, and says whether there is more',
  says: 'maxAtOnce',
} satisfies Wrong
