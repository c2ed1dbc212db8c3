import type { Wrong } from '#shared/check/wrong'

export default {
  story: `logging out ends the cookie; what is open stays open`,
  changes: [
    {
      file: 'server.ts',
      from: `endings.on('ended', (sessionId) => io.in(\`session:\${sessionId}\`).disconnectSockets(true))

`,
      to: ``,
    },
  ],
  fails: `logging out cuts this session’s sockets, and no others`,
  says: `both sockets of that session are cut`,
} satisfies Wrong
