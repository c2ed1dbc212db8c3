import type { Wrong } from '#shared/check/wrong'

export default {
  story: `the session came along with the handshake, so why read it again?`,
  changes: [
    {
      file: 'server.ts',
      from: `  socket.request.session.reload((missing: unknown) => {
    const person = missing ? undefined : personOf(socket.request.session)
    if (!person) return next(Object.assign(new Error('Log in first.'), { data: { code: 'unauthorized' } }))
    socket.data.person = person
    next()
  })
`,
      to: `  const person = personOf(socket.request.session)
  if (!person) return next(Object.assign(new Error('Log in first.'), { data: { code: 'unauthorized' } }))
  socket.data.person = person
  next()
`,
    },
  ],
  fails: `logging out cuts this session’s sockets, and no others`,
  says: `reads the session anew`,
} satisfies Wrong
