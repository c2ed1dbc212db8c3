import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the list of rooms comes when one connects, and that is that',
  changes: [
    {
      file: 'server.ts',
      from: `    if (isFunction(acknowledge)) acknowledge({ ok: true, id })
    tellRooms()`,
      to: '    if (isFunction(acknowledge)) acknowledge({ ok: true, id })',
    },
  ],
  fails: 'a room that is created stands in everybody’s list',
  says: 'tellRooms() to all',
} satisfies Wrong
