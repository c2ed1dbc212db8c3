import type { Right } from '#shared/check/wrong'

export default {
  story: 'each tab is told by itself, and asked for its person; a loop joins the rooms',
  changes: [
    {
      file: 'rooms.ts',
      from: `    io.to(\`room:\${room}\`).emit('rooms', [{ ...table.roomOf(room), isMember: true }])
    io.except(\`room:\${room}\`).emit('rooms', [{ ...table.roomOf(room), isMember: false }])
`,
      to: `    for (const tab of io.of('/').sockets.values()) {
      const isMember = table.isMember(room, tab.data.person.id)
      tab.emit('rooms', [{ isMember, ...table.roomOf(room) }])
    }
`,
    },
    {
      file: 'rooms.ts',
      from: `  void socket.join(all.filter(({ isMember }) => isMember).map((room) => \`room:\${room.id}\`))
`,
      to: `  for (const room of all) if (room.isMember) void socket.join(\`room:\${room.id}\`)
`,
    },
  ],
} satisfies Right
