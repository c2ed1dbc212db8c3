import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the handler stands beside the connection, not inside: io hears who comes, not what they say',
  changes: [
    {
      file: 'server.ts',
      from: `socket.on('echo'`,
      to: `io.on('echo'`,
    },
  ],
  fails: 'an echo comes back',
  says: "is there a socket.on('echo')",
} satisfies Wrong
