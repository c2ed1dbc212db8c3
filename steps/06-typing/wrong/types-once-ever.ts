import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'typing is set and never taken back, so the second sentence is typed unseen',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (typing && socket.connected) socket.emit('stop typing')
  typing = false`,
      to: `  if (typing && socket.connected) socket.emit('stop typing')`,
    },
  ],
  fails: 'the first key says typing, 400 ms without a key say stop typing',
  says: 'is the next key a first key again?',
} satisfies Wrong
