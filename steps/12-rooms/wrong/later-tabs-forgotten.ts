import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who is in a room joined it once',
  changes: [
    {
      file: 'server.ts',
      from: ', ...own.map(({ id }) => chatRoom(id))]',
      to: ']',
    },
    {
      file: 'server.ts',
      from: `  const own = roomsFor(person.id).filter((room) => room.isMember)
`,
      to: '',
    },
  ],
  fails: 'a message reaches the members, in all their tabs, and nobody else',
  says: 'joins its person’s rooms',
} satisfies Wrong
