import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'everybody hears who is in the room',
  changes: [
    { file: 'rooms.ts', from: `io.to(\`room:\${room}\`).emit('room members'`, to: `io.emit('room members'` },
  ],
  fails: 'the members of a room hear who comes and goes, and nobody else does',
  says: 'and not io.emit()',
} satisfies Wrong
