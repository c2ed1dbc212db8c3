import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page never remembers what it has read, so each second brings everything again',
  changes: [{ file: 'page/client.ts', from: `  lastId = id\n`, to: '' }],
  fails: 'the page asks again a second after each answer, also when there was none',
  says: 'with which number does the page ask again',
} satisfies Wrong
