import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'logging out ends the cookie; what is open stays open',
  changes: [
    {
      file: 'accounts.ts',
      from: `    cut(old)
`,
      to: '',
    },
    {
      file: 'accounts.ts',
      from: `    const old = request.sessionID
`,
      to: '',
    },
  ],
  fails: 'logging out cuts this session’s sockets, and ends its cookie',
  says: 'the socket of that session is cut',
} satisfies Wrong
