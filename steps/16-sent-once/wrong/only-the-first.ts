import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'after an acknowledgement the next one is not sent',
  changes: [
    {
      file: 'page/client.ts',
      from: `  else outbox.refuse(next, answer.error)
  send()
`,
      to: `  else outbox.refuse(next, answer.error)
`,
    },
  ],
  fails: 'what is written without a connection waits, and goes out in its order',
  says: "socket.on('login'): outbox.openFor(id, send), and send()",
} satisfies Wrong
