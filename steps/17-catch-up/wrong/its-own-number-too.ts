import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what was seen already comes again',
  changes: [
    {
      file: 'room-table.ts',
      from: `   WHERE account_id = ? AND id > ? ORDER BY id LIMIT ?\``,
      to: `   WHERE account_id = ? AND id >= ? ORDER BY id LIMIT ?\``,
    },
  ],
  fails: 'what was said since a number comes in order, and only what comes after it',
  says: "hear(socket, 'sync', seen, …)",
} satisfies Wrong
