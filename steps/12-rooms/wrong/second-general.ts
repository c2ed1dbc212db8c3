import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'General is no row in the table, so the name is free',
  changes: [
    {
      file: 'rooms.ts',
      from: 'key === general.toLowerCase() ? undefined : insert.get(name, key)',
      to: 'insert.get(name, key)',
    },
    {
      file: 'rooms.ts',
      from: `/** The chat of the steps before. Everybody is in it, so it is no row in the table. */
export const general = 'General'
`,
      to: '',
    },
  ],
  fails: 'a name is taken once, whatever its case',
  says: 'General is taken',
} satisfies Wrong
