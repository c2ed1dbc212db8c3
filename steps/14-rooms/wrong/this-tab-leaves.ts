import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'socket.leave is how one leaves a room',
  changes: [{ file: 'rooms.ts', from: 'io.in(mine).socketsLeave(', to: 'void socket.leave(' }],
  fails: 'people join and leave, with all their tabs, and the last one takes the room along',
  says: 'io.in(mine).socketsLeave()',
} satisfies Wrong
