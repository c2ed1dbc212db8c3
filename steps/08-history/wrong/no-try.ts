import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a disk that is full is no concern of a chat',
  changes: [
    {
      file: 'server.ts',
      from: `    try {
      keep.run(username, message, Date.now()) // first of all: what is announced must not be forgotten
    } catch (error) {
      console.error(error) // another program writes into the file, or the disk is full
      return refuse('It could not be kept: try again.', acknowledge)
    }
`,
      to: `    keep.run(username, message, Date.now())
`,
    },
  ],
  fails: 'who speaks while another program writes into the file is told, and nobody hears it',
  says: 'database is locked',
} satisfies Wrong
