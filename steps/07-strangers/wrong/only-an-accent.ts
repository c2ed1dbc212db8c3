import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what must not be in a name is asked, and not what must',
  changes: [
    {
      file: 'server.ts',
      from: 'unseen.test(name) || !seen.test(name)',
      to: 'unseen.test(name)',
    },
  ],
  fails: 'a name can be seen',
  says: 'an accent, and no letter',
} satisfies Wrong
