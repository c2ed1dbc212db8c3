import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a room that is open needs no "room read"',
  changes: [
    {
      file: 'page/client.ts',
      from: `  else rooms.read(said.room)
`,
      to: '',
    },
  ],
  fails: 'what is read in one tab is not new in another',
  says: 'rooms.read() when the room is open',
} satisfies Wrong
