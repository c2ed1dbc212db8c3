import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the answer does not say that there is more',
  changes: [
    {
      file: 'catch-up.ts',
      from: `more: messages.length + directs.length === maxAtOnce }`,
      to: `more: false }`,
    },
  ],
  fails: 'an answer holds 200 at most, and says whether there is more',
  says: 'more says whether that was all',
} satisfies Wrong
