import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the line that says who came is put right, and the one that says who left is not',
  changes: [
    {
      file: 'server.ts',
      from: `console.log('%s left', JSON.stringify(username))`,
      to: `console.log(JSON.stringify(username), 'left')`,
    },
  ],
  fails: 'a name is no format of the log',
  says: '" left',
} satisfies Wrong
