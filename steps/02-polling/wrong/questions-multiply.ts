import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'setInterval stands inside ask, so each question starts another clock',
  changes: [{ file: 'page/client.ts', from: 'setTimeout(ask, 1_000)', to: 'setInterval(ask, 1_000)' }],
  fails: 'the page asks again a second after each answer, also when there was none',
  says: 'after two seconds, the page has asked 3 times',
} satisfies Wrong
