import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who leaves is announced, and never counted out',
  changes: [
    {
      file: 'server.ts',
      from: `    taken.delete(username.toLowerCase())
`,
      to: ``,
    },
  ],
  fails: 'who leaves is announced and counted out',
  says: 'what does socket.on',
} satisfies Wrong
