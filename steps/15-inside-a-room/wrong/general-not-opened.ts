import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a room is opened by a click',
  changes: [
    {
      file: 'page/client.ts',
      from: `  else openRoom(rooms.current()) // after a reconnect, too: what was said in between
`,
      to: '',
    },
  ],
  fails: 'two pages: what was said, who is in it, who is typing, and what is new',
  says: 'openRoom(rooms.current())',
} satisfies Wrong
