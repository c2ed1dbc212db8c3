import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'one entry in the list for each tab',
  changes: [
    {
      file: 'presence.ts',
      from: `[...here.values()].map(({ person }) => person)`,
      to: `[...here.values()].flatMap(({ person, tabs }) => Array.from({ length: tabs }, () => person))`,
    },
  ],
  fails: 'everybody hears who is here, and each person is named once',
  says: 'ann, ben',
} satisfies Wrong
