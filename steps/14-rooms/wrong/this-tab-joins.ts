import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'socket.join is how one joins a room',
  changes: [
    {
      file: 'rooms.ts',
      from: `    io.in(mine).socketsJoin(\`room:\${room}\`)
    tell(room)
  })
`,
      to: `    void socket.join(\`room:\${room}\`)
    tell(room)
  })
`,
    },
  ],
  fails: 'people join and leave, with all their tabs, and the last one takes the room along',
  says: 'io.in(mine).socketsJoin()',
} satisfies Wrong
