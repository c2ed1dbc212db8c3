import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'without a connection nothing is written',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (!message) return
`,
      to: `  if (!message || !socket.connected) return
`,
    },
  ],
  fails: 'what is written without a connection waits, and goes out in its order',
  says: 'also without a connection',
} satisfies Wrong
