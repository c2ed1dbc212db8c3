import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who is in which room, Socket.IO knows already',
  changes: [
    {
      file: 'database.ts',
      from: "process.once('exit'",
      to: `database.exec('DELETE FROM room_members')
process.once('exit'`,
    },
  ],
  fails: 'each room remembers, its members too, and the newest 50 for whoever comes later',
  says: 'room_members',
} satisfies Wrong
