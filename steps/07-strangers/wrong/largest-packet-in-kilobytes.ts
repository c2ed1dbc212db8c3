import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the limit is written in kilobytes, and Socket.IO counts bytes',
  changes: [
    {
      file: 'server.ts',
      from: 'const largestPacket = 64_000',
      to: 'const largestPacket = 64',
    },
  ],
  fails: 'a packet of more than 64 KB ends the connection, a smaller one is answered',
  says: 'are these 64,000 bytes',
} satisfies Wrong
