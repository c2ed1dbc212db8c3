import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'logging in writes the account into the session that is there already',
  changes: [
    {
      file: 'accounts.ts',
      from: `    await renew(request)
    request.session.accountId = accountId`,
      to: '    request.session.accountId = accountId',
    },
  ],
  fails: 'who logs in gets a new session, in a cookie that scripts cannot read',
  says: 'trap',
} satisfies Wrong
