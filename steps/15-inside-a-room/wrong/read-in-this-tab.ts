import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the tab that has read knows it',
  changes: [{ file: 'inside-room.ts', from: `io.to(mine).emit('rooms'`, to: `socket.emit('rooms'` }],
  fails: 'what is new is counted for each person, until they have read it in any tab',
  says: 'io.to(mine)',
} satisfies Wrong
