import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each typing adds a row',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (rows.has(username)) return
`,
      to: ``,
    },
  ],
  fails: 'one row a person, which goes away when they stop',
  says: 'what is added on "typing"',
} satisfies Wrong
