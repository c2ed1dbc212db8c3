import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'whenever something changes, everybody gets the whole list',
  changes: [
    {
      file: 'rooms.ts',
      from: `    io.to(\`room:\${room}\`).emit('rooms', [{ ...table.roomOf(room), isMember: true }])
    io.except(\`room:\${room}\`).emit('rooms', [{ ...table.roomOf(room), isMember: false }])
`,
      to: `    if (room) for (const tab of io.sockets.sockets.values()) {
      const gone = table.roomOf(room).members === 0 ? [{ ...table.roomOf(room), isMember: false }] : []
      tab.emit('rooms', [...table.roomsFor(tab.data.person.id), ...gone])
    }
`,
    },
  ],
  fails: 'with fifty rooms, a change is told, and not the list',
  says: 'a list of one entry',
} satisfies Wrong
