import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a tab that is gone types on',
  changes: [
    {
      file: 'inside-room.ts',
      from: `  socket.on('disconnect', stopTyping) // This tab is gone, and the person may have others.
`,
      to: '',
    },
  ],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: "socket.on('disconnect', stopTyping)",
} satisfies Wrong
