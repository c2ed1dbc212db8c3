import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the list has the numbers, and nobody hears who it is',
  changes: [
    {
      file: 'server.ts',
      from: `  io.to(chatRoom(room)).emit('room members', { room, members: membersOf(room) })
`,
      to: '',
    },
  ],
  fails: 'who leaves hears no more of it, in any tab, and the last one takes the room along',
  says: 'tellMembers(room)',
} satisfies Wrong
