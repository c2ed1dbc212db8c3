import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who logs in begins in General',
  changes: [{ file: 'page/client.ts', from: 'openRoom(rooms.current()) //', to: 'openRoom(1) //' }],
  fails: 'after a cut the page shows the room that was open, with what was said meanwhile',
  says: 'openRoom(rooms.current())',
} satisfies Wrong
