import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the values are put into the SQL with template strings',
  changes: [
    {
      file: 'server.ts',
      from: '    keep.run(username, message, Date.now()) // first',
      to: `    database.exec(\`INSERT INTO messages (username, message, at) VALUES ('\${username}', '\${message}', \${Date.now()})\`) // first`,
    },
    {
      file: 'server.ts',
      from: `const keep = database.prepare('INSERT INTO messages (username, message, at) VALUES (?, ?, ?)')
`,
      to: '',
    },
  ],
  fails: 'only messages are kept, whatever is in them',
  says: 'becomes part of it',
} satisfies Wrong
