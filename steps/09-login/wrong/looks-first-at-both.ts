import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'both names are looked for before they are kept, 25 ms before',
  changes: [
    {
      file: 'people.ts',
      from: '   ON CONFLICT DO NOTHING RETURNING id`',
      to: '   RETURNING id`',
    },
    {
      file: 'people.ts',
      from: '/** The account that somebody',
      to: `const byKey = database.prepare<[string], { id: number }>('SELECT id FROM accounts WHERE display_key = ?')

export function isFree(username: string, displayName: string): boolean {
  return !byUsername.get(username) && !byKey.get(keyOf(displayName))
}

/** The account that somebody`,
    },
    {
      file: 'register.ts',
      from: `    const id = addAccount(username, displayName, await hashOf(password))
`,
      to: `    const free = isFree(username, displayName)
    const hash = await hashOf(password)
    const id = free ? addAccount(username, displayName, hash) : undefined
`,
    },
    {
      file: 'register.ts',
      from: 'import { accountOf, addAccount }',
      to: 'import { accountOf, addAccount, isFree }',
    },
  ],
  fails: 'of two people who want one name at the same moment, one gets it',
  says: 'let the database decide',
} satisfies Wrong
