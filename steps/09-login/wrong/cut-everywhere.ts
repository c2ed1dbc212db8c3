import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'logging out cuts all of this person, on other machines as well',
  changes: [
    {
      file: 'server.ts',
      from: 'sessionRoom(socket.request.sessionID)]',
      to: 'sessionRoom(String(person.id))]',
    },
    {
      file: 'accounts.ts',
      from: `    const old = request.sessionID
`,
      to: `    const old = String(request.session.accountId)
`,
    },
  ],
  fails: 'logging out cuts this session’s sockets, and ends its cookie',
  says: 'a room for each session',
} satisfies Wrong
