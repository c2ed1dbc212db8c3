import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who types in another room is still typing in the first one',
  changes: [
    {
      file: 'inside-room.ts',
      from: `    if (typingIn !== room) stopTyping()
`,
      to: '',
    },
  ],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: 'one types in one room at a time',
} satisfies Wrong
