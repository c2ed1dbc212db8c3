import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'express-session keeps them by itself, so why a store',
  changes: [
    {
      file: 'sessions.ts',
      from: `  store: new DatabaseStore(lifetimeMs),
`,
      to: '',
    },
    {
      file: 'sessions.ts',
      from: 'import { DatabaseStore, keptSecret }',
      to: 'import { keptSecret }',
    },
  ],
  fails: 'a restart logs nobody out',
  says: 'the store writes into the database',
} satisfies Wrong
