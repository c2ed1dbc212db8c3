import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'reading is what the page says with "room read"',
  changes: [
    {
      file: 'inside-room.ts',
      from: `    read(room)
    return`,
      to: `    if (!isMember(room, id)) throw new Refusal('You are not in this room.')
    return`,
    },
  ],
  fails: 'what is new is counted for each person, until they have read it in any tab',
  says: "in 'room history'",
} satisfies Wrong
