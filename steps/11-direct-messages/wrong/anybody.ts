import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page offers only people that there are',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `  if (from === to || !exists.get(to)) return undefined
`,
      to: `  if (from === to) return undefined
`,
    },
    {
      file: 'direct-messages.ts',
      from: `const exists = database.prepare<[number]>('SELECT 1 FROM accounts WHERE id = ?')
`,
      to: '',
    },
    {
      file: 'database.ts',
      from: `    to_id INTEGER NOT NULL REFERENCES accounts (id),
    message`,
      to: `    to_id INTEGER NOT NULL,
    message`,
    },
  ],
  fails: 'a message to nobody is refused, and nothing of it is kept',
  says: 'is there such an account?',
} satisfies Wrong
