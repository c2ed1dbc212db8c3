import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'reading does no harm',
  changes: [
    {
      file: 'server.ts',
      from: `if (room === undefined || !isMember(room, person.id))
      return refuse('You are not in this room.', acknowledge)
    if (isFunction`,
      to: `if (room === undefined) return refuse('You are not in this room.', acknowledge)
    if (isFunction`,
    },
  ],
  fails: 'who is not in it can neither speak nor read there',
  says: 'isMember(room, person.id)',
} satisfies Wrong
