import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who leaves a room while typing types there for ever',
  changes: [
    {
      file: 'rooms.ts',
      from: `    io.to(\`room:\${room}\`).emit('stop typing', { room, username })
`,
      to: '',
    },
  ],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: 'to the room that is left',
} satisfies Wrong
