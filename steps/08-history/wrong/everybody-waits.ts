import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the database is opened as the first page on the subject has it',
  changes: [
    {
      file: 'server.ts',
      from: `, { timeout: 100 }`,
      to: ``,
    },
  ],
  fails: 'who speaks while another program writes into the file is told, and nobody hears it',
  says: '{ timeout: 100 }',
} satisfies Wrong
