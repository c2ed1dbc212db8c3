import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page forgets its own number',
  changes: [
    {
      file: 'page/client.ts',
      from: `  me = { id, username }
`,
      to: `  me = { id: me.id + 0 * id, username }
`,
    },
  ],
  fails: 'two people see each other in the list',
  says: 'ann (you)',
} satisfies Wrong
