import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the limit is declared, and the server is not told: Socket.IO keeps its own, a million bytes',
  changes: [
    {
      file: 'server.ts',
      from: '(server, { maxHttpBufferSize: largestPacket })',
      to: '(server)',
    },
  ],
  fails: 'a packet of more than 64 KB ends the connection, a smaller one is answered',
  says: 'it was answered',
} satisfies Wrong
