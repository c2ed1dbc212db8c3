import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what waits is sent in the order of its keys',
  changes: [
    {
      file: 'page/outbox.ts',
      from: `key: newKey(), at: Math.max(Date.now(), newest + 1)`,
      to: `key: newKey(), at: -Math.max(Date.now(), 1 - newest)`,
    },
  ],
  fails: 'what is written without a connection waits, and goes out in its order',
  says: 'one at a time',
} satisfies Wrong
