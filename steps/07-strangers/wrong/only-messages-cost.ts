import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'it is messages that flood a chat, so only they are counted: typing a thousand times a second goes through to all',
  changes: [
    {
      file: 'server.ts',
      from: `  socket.use(([, ...sent], next) => {
`,
      to: `  socket.use(([event, ...sent], next) => {
    if (event !== 'new message') return next()
`,
    },
  ],
  fails: 'who sends more than their allowance is told to slow down, and nobody else is',
  says: 'socket.use() sees each event: which of them cost something?',
} satisfies Wrong
