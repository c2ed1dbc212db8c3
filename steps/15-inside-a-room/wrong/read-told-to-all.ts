import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who has read what is told to everybody',
  changes: [{ file: 'inside-room.ts', from: `io.to(mine).emit('rooms'`, to: `io.emit('rooms'` }],
  fails: 'what is new is counted for each person, until they have read it in any tab',
  says: 'and to nobody else',
} satisfies Wrong
