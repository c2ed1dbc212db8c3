import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the members get their entry, and then everybody gets one',
  changes: [{ file: 'rooms.ts', from: 'io.except(`room:${room}`).emit', to: 'io.emit' }],
  fails: 'a room that is created stands in everybody’s list',
  says: 'false for all others',
} satisfies Wrong
