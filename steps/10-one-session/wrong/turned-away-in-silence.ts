import type { Wrong } from '#shared/check/wrong'

export default {
  story: `io.use() returns without calling next(): the guest waits for an answer`,
  changes: [
    {
      file: 'server.ts',
      from: `if (!person) return next(Object.assign(new Error('Log in first.'), { data: { code: 'unauthorized' } }))`,
      to: `if (!person) return`,
    },
  ],
  fails: `a socket without a login is turned away`,
  says: `Saw: the server said neither yes nor no.`,
} satisfies Wrong
