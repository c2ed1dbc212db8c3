import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'logging out cuts all of this person, on other machines as well',
  changes: [
    {
      file: 'server.ts',
      from: `\`session:\${socket.request.sessionID}\``,
      to: `\`session:\${socket.data.person.id}\``,
    },
    {
      file: 'sessions.ts',
      from: `  const { sessionID } = request
`,
      to: `  const sessionID = String(request.session.accountId)
`,
    },
  ],
  fails: 'logging out cuts this session’s sockets, and no others',
  says: 'a room for each session',
} satisfies Wrong
