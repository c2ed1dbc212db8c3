import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'there is one history for all rooms',
  changes: [
    {
      file: 'rooms.ts',
      from: 'FROM room_messages WHERE room_id = ? ORDER',
      to: 'FROM room_messages WHERE room_id <> -? ORDER',
    },
  ],
  fails: 'each room remembers, its members too, and the newest 50 for whoever comes later',
  says: 'of this room alone',
} satisfies Wrong
