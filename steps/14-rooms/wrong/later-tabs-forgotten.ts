import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who is in a room has joined it already',
  changes: [
    {
      file: 'rooms.ts',
      from: `  void socket.join(all.filter(({ isMember }) => isMember).map((room) => \`room:\${room.id}\`))
`,
      to: '',
    },
  ],
  fails: 'everything that is said has a room, and the first one is General',
  says: "joins its person's rooms",
} satisfies Wrong
