import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page does not listen to the list',
  changes: [
    {
      file: 'page/client.ts',
      from: `socket.on('rooms', rooms.change)
`,
      to: '',
    },
  ],
  fails: 'three pages: two in a room, and one outside',
  says: 'rooms.change',
} satisfies Wrong
