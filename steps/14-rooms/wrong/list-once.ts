import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the list of rooms comes when one connects, and that is that',
  changes: [
    {
      file: 'rooms.ts',
      from: `    tell(room)
    return { id: room }`,
      to: '    return { id: room }',
    },
  ],
  fails: 'a room that is created stands in everybody’s list',
  says: 'tell(room)',
} satisfies Wrong
