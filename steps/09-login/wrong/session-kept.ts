import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'logging in writes the account into the session that is there already',
  changes: [
    {
      file: 'accounts.ts',
      from: `    await renew(request, { accountId: account.id })
`,
      to: `    request.session.accountId = account.id
`,
    },
  ],
  fails: 'who logs in gets a new session, in a cookie that scripts cannot read',
  says: 'trap',
} satisfies Wrong
