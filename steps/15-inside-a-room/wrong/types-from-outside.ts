import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'typing is harmless, so nobody asks who types',
  changes: [
    {
      file: 'inside-room.ts',
      from: `    if (room === undefined || !isMember(room, id)) return
`,
      to: `    if (room === undefined) return
`,
    },
  ],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: 'before anything is told',
} satisfies Wrong
