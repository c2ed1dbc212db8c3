import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'everybody gets the entry of the one who has made the room',
  changes: [
    {
      file: 'rooms.ts',
      from: `    io.to(\`room:\${room}\`).emit('rooms', [{ ...table.roomOf(room), isMember: true }])
    io.except(\`room:\${room}\`).emit('rooms', [{ ...table.roomOf(room), isMember: false }])
`,
      to: `    io.emit('rooms', [{ ...table.roomOf(room), isMember: table.isMember(room, id) }])
`,
    },
  ],
  fails: 'a room that is created stands in everybody’s list',
  says: 'isMember is true for those in the room',
} satisfies Wrong
