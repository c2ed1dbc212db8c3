import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'one number for all guests: who reads sets it back for dora',
  changes: [
    {
      file: 'server.ts',
      from: `  let waiting = 0 // packets that this guest has not fetched
`,
      to: '',
    },
    {
      file: 'server.ts',
      from: `io.on('connection', (socket) => {
`,
      to: `let waiting = 0

io.on('connection', (socket) => {
`,
    },
  ],
  fails: 'who does not read is hung up on, once 1,000 packets wait',
  says: 'count what waits',
} satisfies Wrong
