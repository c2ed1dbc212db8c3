import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a new connection sends nothing',
  changes: [
    {
      file: 'page/client.ts',
      from: `  send() // before the history is asked for, which then has it
`,
      to: ``,
    },
  ],
  fails: 'what is written without a connection waits, and goes out in its order',
  says: "socket.on('login'): outbox.openFor(id, send), and send()",
} satisfies Wrong
