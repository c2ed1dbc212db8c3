import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the room is asked, but nobody is in it',
  changes: [
    {
      file: 'chat.ts',
      from: `  void socket.join(mine)
`,
      to: ``,
    },
  ],
  fails: 'typing is seen by others, not in one’s own tabs, and ends with the tab',
  says: 'socket.join(mine)',
} satisfies Wrong
