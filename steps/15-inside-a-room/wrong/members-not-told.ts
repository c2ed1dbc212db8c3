import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the members come with the history, and that is that',
  changes: [
    {
      file: 'rooms.ts',
      from: `    io.to(\`room:\${room}\`).emit('room members', { room, members: table.membersOf(room) })
`,
      to: '',
    },
  ],
  fails: 'the members of a room hear who comes and goes, and nobody else does',
  says: "emit('room members'",
} satisfies Wrong
