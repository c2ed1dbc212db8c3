import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'ten milliseconds are enough for a dare, and stay there',
  changes: [{ file: 'page/client.ts', from: 'setTimeout(ask, 1_000)', to: 'setTimeout(ask, 10)' }],
  fails: 'the page asks again a second after each answer, also when there was none',
  says: 'less than a second after an answer, the page has asked once',
} satisfies Wrong
