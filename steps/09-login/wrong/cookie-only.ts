import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'logging out forgets the cookie, and leaves the session where it is',
  changes: [
    {
      file: 'accounts.ts',
      from: `    if (request.session.accountId !== undefined) await renew(request, { flash: 'You are logged out.' })
`,
      to: `    response.clearCookie('session')
`,
    },
  ],
  fails: 'logging out ends the session, and only a form does it',
  says: 'renew() without an accountId',
} satisfies Wrong
