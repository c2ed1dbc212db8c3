import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what cannot be kept is written into the log, and told all the same',
  changes: [
    {
      file: 'server.ts',
      from: `      return refuse('It could not be kept: try again.', acknowledge)
`,
      to: ``,
    },
  ],
  fails: 'who speaks while another program writes into the file is told, and nobody hears it',
  says: 'Saw: {"ok":true}',
} satisfies Wrong
