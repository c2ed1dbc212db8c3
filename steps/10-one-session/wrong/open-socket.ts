import type { Wrong } from '#shared/check/wrong'

export default {
  story: `the page is behind the login, so the socket needs no look of its own`,
  changes: [
    {
      file: 'server.ts',
      from: `    if (!person) return next(Object.assign(new Error('Log in first.'), { data: { code: 'unauthorized' } }))
    socket.data.person = person
`,
      to: `    socket.data.person = person ?? { id: 0, username: 'guest' }
`,
    },
  ],
  fails: `a socket without a login is turned away`,
  says: `eve was let in`,
} satisfies Wrong
