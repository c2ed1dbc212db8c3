import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page never tries again by itself',
  changes: [
    {
      file: 'page/client.ts',
      from: `return tryAgain()`,
      to: `return`,
    },
  ],
  fails: 'what cannot be kept just now is tried again',
  says: 'tryAgain()',
} satisfies Wrong
