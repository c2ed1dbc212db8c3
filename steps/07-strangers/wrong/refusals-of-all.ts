import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'refusals are counted for all guests together: the next one who is refused is hung up on',
  changes: [
    {
      file: 'server.ts',
      from: `  let refusals = 0
`,
      to: '',
    },
    {
      file: 'server.ts',
      from: `io.on('connection', (socket) => {
`,
      to: `let refusals = 0

io.on('connection', (socket) => {
`,
    },
  ],
  fails: 'after 1,000 refusals the server hangs up',
  says: 'counted once for each guest',
} satisfies Wrong
