import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who leaves a room while typing types there for ever',
  changes: [{ file: 'server.ts', from: '    if (typingIn === room) stopRoomTyping()\n', to: '' }],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: 'when it is the room in which one types',
} satisfies Wrong
