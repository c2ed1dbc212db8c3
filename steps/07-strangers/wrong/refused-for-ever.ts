import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each refusal is answered, however many there were',
  changes: [
    {
      file: 'server.ts',
      from: `    if (refusals > mostRefusals) return socket.conn.close()
`,
      to: '',
    },
  ],
  fails: 'after 1,000 refusals the server hangs up',
  says: 'refusals',
} satisfies Wrong
