import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'whoever asks to be logged out is told so',
  changes: [
    {
      file: 'accounts.ts',
      from: '    if (request.session.accountId !== undefined) await renew',
      to: '    await renew',
    },
  ],
  fails: 'logging out ends the session, and only a form does it',
  says: 'nobody is logged out who is not in',
} satisfies Wrong
