import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the secret is made at each start, as it should be random',
  changes: [
    {
      file: 'sessions.ts',
      from: 'process.env.SESSION_SECRET || keptSecret()',
      to: 'String(Math.random())',
    },
    {
      file: 'sessions.ts',
      from: 'import { DatabaseStore, keptSecret }',
      to: 'import { DatabaseStore }',
    },
  ],
  fails: 'a restart logs nobody out',
  says: 'kept there, too',
} satisfies Wrong
