import type { Right } from '#shared/check/wrong'

export default {
  story: `io.use() asks the session with a promise, the refusal is an object of its own, chat counts what io counts, the room has another name`,
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
      to: `  const { session } = socket.request
  session.reload((error: unknown) => {
    const person = error ? undefined : personOf(session)
    if (person) {
      socket.data.person = person
      return next()
    }
    const refusal: Error & { data?: object } = new Error('Nobody is logged in.')
    refusal.data = { code: 'unauthorized' }
    next(refusal)
  })
`,
    },
    {
      file: 'server.ts',
      from: `endings.on('ended', (sessionId) => io.in(\`session:\${sessionId}\`).disconnectSockets(true))`,
      to: `endings.on('ended', (sessionId) => {
  for (const socket of io.sockets.sockets.values()) {
    if (socket.request.sessionID === sessionId) socket.disconnect(true)
  }
})`,
    },
    {
      file: 'server.ts',
      from: `  void socket.join(\`session:\${socket.request.sessionID}\`)
`,
      to: ``,
    },
    {
      file: 'page/client.ts',
      from: `location.assign('/login')`,
      to: `location.href = '/login'`,
    },
  ],
} satisfies Right
