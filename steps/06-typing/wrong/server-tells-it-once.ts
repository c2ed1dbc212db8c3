import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'the server remembers who is typing and tells it once; only stop typing ends it, so a client that just sends its message is never announced again',
  changes: [
    {
      file: 'server.ts',
      from: `    if (username) socket.broadcast.emit('typing', { username })`,
      to: `    if (!username || isTyping) return
    isTyping = true
    socket.broadcast.emit('typing', { username })`,
    },
    {
      file: 'server.ts',
      from: `    if (username) socket.broadcast.emit('stop typing', { username })`,
      to: `    isTyping = false
    if (username) socket.broadcast.emit('stop typing', { username })`,
    },
    {
      file: 'server.ts',
      from: `  let username: string | undefined // one`,
      to: `  let isTyping = false
  let username: string | undefined // one`,
    },
  ],
  fails: 'the others see who is typing, and who stops',
  says: 'each “typing” is passed on, whatever came before',
} satisfies Wrong
