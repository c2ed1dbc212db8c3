import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'older lines are the last 50',
  changes: [
    {
      file: 'catch-up.ts',
      from: `historyOf(wanted.room, wanted.before)`,
      to: `historyOf(wanted.room)`,
    },
  ],
  fails: 'older lines are those before a number, 50 at a time',
  says: "hear(socket, 'older', older, …)",
} satisfies Wrong
