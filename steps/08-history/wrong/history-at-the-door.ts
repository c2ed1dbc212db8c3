import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'history goes out as soon as a connection opens, before there is a name',
  changes: [
    {
      file: 'server.ts',
      from: `    socket.emit('history', newest.all(longestHistory).toReversed())
`,
      to: '',
    },
    {
      file: 'server.ts',
      from: `  let username: string | undefined // one per guest: declared outside, all guests would share it
`,
      to: `  let username: string | undefined // one per guest: declared outside, all guests would share it
    socket.emit('history', newest.all(longestHistory).toReversed())
`,
    },
  ],
  fails: 'nobody reads it at the door',
  says: 'and not when the connection opens',
} satisfies Wrong
