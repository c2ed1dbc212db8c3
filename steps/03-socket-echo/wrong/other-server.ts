import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'Socket.IO sits on one HTTP server, and another one listens',
  changes: [
    {
      file: 'server.ts',
      from: 'await listen(server)',
      to: 'await listen(createServer(app))',
    },
  ],
  fails: 'an echo comes back',
  says: 'does that same server listen?',
} satisfies Wrong
