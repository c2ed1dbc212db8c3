import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'when the tab is gone, its person types on',
  changes: [
    {
      file: 'chat.ts',
      from: `    // This tab is gone, and the person may have others.
    if (isTyping) socket.broadcast.except(mine).emit('stop typing', { username })
`,
      to: ``,
    },
  ],
  fails: 'typing is seen by others, not in one’s own tabs, and ends with the tab',
  says: 'a tab that was typing says so',
} satisfies Wrong
