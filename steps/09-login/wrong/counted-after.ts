import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'an attempt counts when it was wrong, which is known later',
  changes: [
    {
      file: 'accounts.ts',
      from: `    const minutes = attempt(username)
`,
      to: `    const minutes = blockedFor(username)
`,
    },
    {
      file: 'accounts.ts',
      from: '    if (!account || !isRight) return void',
      to: `    if (!account || !isRight) attempt(username)
    if (!account || !isRight) return void`,
    },
    {
      file: 'accounts.ts',
      from: 'import { attempt, forgive }',
      to: 'import { attempt, blockedFor, forgive }',
    },
    {
      file: 'attempts.ts',
      from: '/** The password was right after all. */',
      to: `export function blockedFor(username: string): number {
  const known = failed.get(username)
  return known && known.times >= maxAttempts ? 15 : 0
}

/** The password was right after all. */`,
    },
  ],
  fails: 'passwords cannot be guessed, and guessing at ann does not lock out ben',
  says: 'of many at once, none counts after',
} satisfies Wrong
