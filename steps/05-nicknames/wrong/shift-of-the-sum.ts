import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the hash shifts more than it should: + binds before <<',
  changes: [
    {
      file: 'page/view.ts',
      from: `username.charCodeAt(i) + (hash << 5) - hash`,
      to: `(username.charCodeAt(i) + hash << 5) - hash`,
    },
  ],
  fails: 'two windows chat, in the colours of their names',
  says: 'hash = 7',
} satisfies Wrong
