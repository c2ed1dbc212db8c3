import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who leaves is gone, and nobody hears of it',
  changes: [
    {
      file: 'rooms.ts',
      from: `    io.in(mine).socketsLeave(\`room:\${room}\`)
    tell(room)
`,
      to: `    io.in(mine).socketsLeave(\`room:\${room}\`)
`,
    },
  ],
  fails: 'people join and leave, with all their tabs, and the last one takes the room along',
  says: 'socketsLeave()',
} satisfies Wrong
