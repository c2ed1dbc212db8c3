import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'everybody hears that who has left is not typing',
  changes: [
    { file: 'rooms.ts', from: `io.to(\`room:\${room}\`).emit('stop typing'`, to: `io.emit('stop typing'` },
  ],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: 'hears of no typing there',
} satisfies Wrong
