import type { Wrong } from '#shared/check/wrong'

export default {
  story: `the error has words, and nothing that a page could tell apart`,
  changes: [
    {
      file: 'server.ts',
      from: `next(Object.assign(new Error('Log in first.'), { data: { code: 'unauthorized' } }))`,
      to: `next(new Error('unauthorized'))`,
    },
  ],
  fails: `a socket without a login is turned away`,
  says: `with data undefined`,
} satisfies Wrong
