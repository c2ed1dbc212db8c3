import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page sends everything to the first room',
  changes: [
    {
      file: 'page/client.ts',
      from: 'const said = { room: rooms.current(), message }',
      to: 'const said = { room: 1, message }',
    },
  ],
  fails: 'three pages: two in a room, and one outside',
  says: 'rooms.current()',
} satisfies Wrong
