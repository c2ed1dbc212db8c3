import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the handler is left on io, as in step 3: it waits in the namespace /, and guests come to /test',
  changes: [
    {
      file: 'server.ts',
      from: `test.on('connection', (socket) => {`,
      to: `io.on('connection', (socket) => {`,
    },
  ],
  fails: 'each guest who connects is greeted, alone',
  says: "is it test.on('connection')",
} satisfies Wrong
