import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'one allowance, declared outside, which ben uses up for everybody',
  changes: [
    {
      file: 'server.ts',
      from: `  let allowance = mostAtOnce // what this guest may still send
  let countedAt = performance.now()
`,
      to: '',
    },
    {
      file: 'server.ts',
      from: `io.on('connection', (socket) => {
`,
      to: `let allowance = mostAtOnce
let countedAt = performance.now()

io.on('connection', (socket) => {
`,
    },
  ],
  fails: 'who sends more than their allowance is told to slow down, and nobody else is',
  says: 'declared once for all guests',
} satisfies Wrong
