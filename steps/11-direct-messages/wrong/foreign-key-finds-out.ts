import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the database refuses it anyway',
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
  ],
  fails: 'a message to nobody is refused, and nothing of it is kept',
  says: 'Your server stopped',
} satisfies Wrong
