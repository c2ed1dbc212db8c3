import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the others are told first, and then the tabs move',
  changes: [
    {
      file: 'rooms.ts',
      from: `    io.in(mine).socketsJoin(\`room:\${room}\`)
    tell(room)
    return`,
      to: `    tell(room)
    io.in(mine).socketsJoin(\`room:\${room}\`)
    return`,
    },
  ],
  fails: 'a room that is created stands in everybody’s list',
  says: 'isMember is true for those in the room',
} satisfies Wrong
