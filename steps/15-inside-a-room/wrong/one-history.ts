import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'there is one history for all rooms',
  changes: [{ file: 'inside-room.ts', from: 'historyOf(room)', to: 'historyOf(1)' }],
  fails: 'who opens a room reads the last 50 of it, and who is in it',
  says: '50 messages',
} satisfies Wrong
