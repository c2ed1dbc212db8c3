import type { Wrong } from '#shared/check/wrong'

export default {
  story: `Origin and Host are equal, so it is our own page`,
  changes: [
    {
      file: 'origin.ts',
      from: `return page.host === host && (page.protocol === 'https:' || isNear(page.hostname))`,
      to: `return page.host === host`,
    },
  ],
  fails: `a form or a socket from another origin is refused`,
  says: `a name that Eve has made lead here`,
} satisfies Wrong
