import type { Wrong } from '#shared/check/wrong'

export default {
  story: `who leaves is announced, and not counted out`,
  changes: [
    {
      file: 'chat.ts',
      from: `    numUsers--
`,
      to: ``,
    },
  ],
  fails: `who comes and who leaves is announced and counted`,
  says: `down when it ends`,
} satisfies Wrong
