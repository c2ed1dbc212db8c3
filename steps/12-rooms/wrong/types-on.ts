import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a tab that is gone types on',
  changes: [
    {
      file: 'server.ts',
      from: `    stopRoomTyping()
    if (isTyping)`,
      to: '    if (isTyping)',
    },
  ],
  fails: 'typing is seen in the room alone, and ends with the tab',
  says: "socket.on('disconnect')",
} satisfies Wrong
