import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the pause runs from the first key, not from the last one',
  changes: [
    {
      file: 'page/client.ts',
      from: `  clearTimeout(pause)
  pause = setTimeout(stopTyping, pauseMs)`,
      to: `  if (!typing) pause = setTimeout(stopTyping, pauseMs)
  typing = true`,
    },
    {
      file: 'page/client.ts',
      from: `  if (!typing) socket.emit('typing')
  typing = true
`,
      to: `  if (!typing) socket.emit('typing')
`,
    },
  ],
  fails: 'the first key says typing, 400 ms without a key say stop typing',
  says: 'each key starts the 400 ms again',
} satisfies Wrong
