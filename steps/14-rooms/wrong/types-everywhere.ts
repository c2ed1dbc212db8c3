import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page tells of every key, whichever room is open',
  changes: [{ file: 'page/client.ts', from: ' || rooms.current() !== 1)', to: ')' }],
  fails: 'three pages: two in a room, and one outside',
  says: 'does not see that ben is typing',
} satisfies Wrong
