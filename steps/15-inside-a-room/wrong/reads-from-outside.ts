import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'reading does no harm',
  changes: [
    {
      file: 'inside-room.ts',
      from: `    if (!isMember(room, id)) throw new Refusal('You are not in this room.')
`,
      to: '',
    },
    { file: 'inside-room.ts', from: 'import { hear, Refusal, type', to: 'import { hear, type' },
  ],
  fails: 'who is not in a room reads nothing there',
  says: 'isMember(room, id), each time',
} satisfies Wrong
