import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'its guests are cut off as if they had logged out',
  changes: [
    {
      file: 'leave.ts',
      from: `socket.conn.close()`,
      to: `socket.disconnect(true)`,
    },
  ],
  fails: 'who is asked to stop finishes, and its pages go elsewhere',
  says: 'leave(io, closed)',
} satisfies Wrong
