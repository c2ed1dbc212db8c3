import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what a guest has not read is kept, however much it is',
  changes: [
    {
      file: 'server.ts',
      from: `    if (waiting > mostWaiting) socket.conn.close()
`,
      to: '',
    },
  ],
  fails: 'who does not read is hung up on, once 1,000 packets wait',
  says: 'messages waited for her',
} satisfies Wrong
