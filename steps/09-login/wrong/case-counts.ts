import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'Ann and ann are two people',
  changes: [
    {
      file: 'accounts.ts',
      from: "displayName.normalize('NFKC').toLowerCase()",
      to: 'displayName',
    },
  ],
  fails: 'what cannot be registered is refused in words, and nothing typed is lost',
  says: 'would fool Ben',
} satisfies Wrong
