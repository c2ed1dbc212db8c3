import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'leaving a room ends the typing, whichever room it is in',
  changes: [{ file: 'server.ts', from: 'if (typingIn === room) stopRoomTyping()', to: 'stopRoomTyping()' }],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: 'leaving one room ends no typing in another',
} satisfies Wrong
