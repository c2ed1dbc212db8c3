import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'joinRoom is called, and what it says is not looked at',
  changes: [
    {
      file: 'rooms.ts',
      from: `    if (!table.joinRoom(room, id)) throw new Refusal('There is no such room.')
`,
      to: `    table.joinRoom(room, id)
`,
    },
  ],
  fails: 'people join and leave, with all their tabs, and the last one takes the room along',
  says: 'throw a Refusal',
} satisfies Wrong
