import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a message between two is nobody else’s business, not even the database’s',
  changes: [
    {
      file: 'direct-messages.ts',
      from: '  return insert.get(from, to, message, Date.now())',
      to: `  count += 1
  return { id: count, from, to, message, at: Date.now() }`,
    },
    {
      file: 'direct-messages.ts',
      from: '/** Keeps a message between two;',
      to: `let count = 0

/** Keeps a message between two;`,
    },
    {
      file: 'direct-messages.ts',
      from: `const insert = database.prepare<[number, number, string, number], Direct>(
  \`INSERT INTO direct_messages (from_id, to_id, message, at) VALUES (?, ?, ?, ?) RETURNING \${columns}\`,
)
`,
      to: '',
    },
  ],
  fails: 'it is kept before it is told, and only these two can read it',
  says: 'direct history',
} satisfies Wrong
