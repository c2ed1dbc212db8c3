import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each key says typing once more',
  changes: [
    { file: 'page/client.ts', from: `  if (!typing) socket.emit('typing')`, to: `  socket.emit('typing')` },
  ],
  fails: 'the first key says typing, 400 ms without a key say stop typing',
  says: 'the first key sends',
} satisfies Wrong
