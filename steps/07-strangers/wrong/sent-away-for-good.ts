import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'socket.disconnect() hangs up, too: but it says so, and a page that is told does not come back by itself',
  changes: [
    {
      file: 'server.ts',
      from: `if (refusals > mostRefusals) return socket.conn.close()`,
      to: `if (refusals > mostRefusals) return socket.disconnect()`,
    },
  ],
  fails: 'after 1,000 refusals the server hangs up',
  says: 'socket.conn.close() ends the connection below',
} satisfies Wrong
