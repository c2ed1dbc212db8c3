import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'no limit for the tabs',
  changes: [
    {
      file: 'server.ts',
      from: `    if (tabs >= maxTabs)`,
      to: `    if (tabs >= 10 * maxTabs)`,
    },
  ],
  fails: 'the tab after the twentieth is turned away, and the others go on',
  says: 'is let in',
} satisfies Wrong
