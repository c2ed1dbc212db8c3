import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'an event is named like a variable',
  changes: [
    {
      file: 'server.ts',
      from: `socket.broadcast.emit('new message',`,
      to: `socket.broadcast.emit('new_message' as 'new message',`,
    },
  ],
  fails: 'everyone else hears a message',
  says: 'ben heard "new_message".',
} satisfies Wrong
