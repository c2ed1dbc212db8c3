import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each reading is told, new or not',
  changes: [
    {
      file: 'inside-room.ts',
      from: '    if (markRead(room, id)) io.to(mine)',
      to: `    markRead(room, id)
    io.to(mine)`,
    },
  ],
  fails: 'what is new is counted for each person, until they have read it in any tab',
  says: 'when nothing was new',
} satisfies Wrong
