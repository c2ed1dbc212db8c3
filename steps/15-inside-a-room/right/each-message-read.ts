import type { Right } from '#shared/check/wrong'

export default {
  story: 'the page tells of each message by itself; the members are told before the list',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (talkingTo || said.room !== rooms.current()) rooms.count(said.room)
  else rooms.read(said.room)
`,
      to: `  const isOpen = !talkingTo && said.room === rooms.current()
  if (!isOpen) return rooms.count(said.room)
  socket.emit('room read', said.room, () => {})
`,
    },
    {
      file: 'rooms.ts',
      from: `    io.to(\`room:\${room}\`).emit('rooms', [{ ...table.roomOf(room), isMember: true }])
    io.to(\`room:\${room}\`).emit('room members', { room, members: table.membersOf(room) })
`,
      to: `    const members = table.membersOf(room)
    io.in(\`room:\${room}\`).emit('room members', { members, room })
    io.in(\`room:\${room}\`).emit('rooms', [{ isMember: true, ...table.roomOf(room) }])
`,
    },
  ],
} satisfies Right
