import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the pause sends nothing, so a row stays until the message comes',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (typing && socket.connected) socket.emit('stop typing')
`,
      to: ``,
    },
  ],
  fails: 'the first key says typing, 400 ms without a key say stop typing',
  says: 'when they are over',
} satisfies Wrong
