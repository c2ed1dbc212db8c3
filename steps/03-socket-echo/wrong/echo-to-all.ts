import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'io.emit, for that is what the examples on the first page of most tutorials do',
  changes: [
    {
      file: 'server.ts',
      from: `socket.emit('echo', text)`,
      to: `io.emit('echo', text)`,
    },
  ],
  fails: 'it comes back to its sender alone',
  says: 'socket.emit() talks to one guest, io.emit() to all',
} satisfies Wrong
