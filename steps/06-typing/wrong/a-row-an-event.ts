import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each typing adds a row',
  changes: [
    {
      file: 'page/view.ts',
      from: `  if (typists.has(username)) return
`,
      to: ``,
    },
  ],
  fails: 'one row a person, which goes away when they stop',
  says: 'what is added on "typing"',
} satisfies Wrong
