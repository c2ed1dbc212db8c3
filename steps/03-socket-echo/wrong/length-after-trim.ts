import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'blanks at the ends do not count: a text of 2,000 letters and a million blanks passes',
  changes: [
    {
      file: 'server.ts',
      from: `value.length <= longestMessage`,
      to: `value.trim().length <= longestMessage`,
    },
  ],
  fails: 'nonsense is refused, with a reason',
  says: 'types stop at the network: what if text is a number, or miss',
} satisfies Wrong
