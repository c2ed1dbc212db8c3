import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'count is declared outside the handler, so all guests count together',
  changes: [
    {
      file: 'server.ts',
      from: `  let count = 0 // one per guest: declared outside, all guests would share it

`,
      to: '',
    },
    {
      file: 'server.ts',
      from: `test.on('connection', (socket) => {`,
      to: `let count = 0

test.on('connection', (socket) => {`,
    },
  ],
  fails: 'each guest who connects is greeted, alone',
  says: 'where is count declared: once for all, or once for each connection?',
} satisfies Wrong
