import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who logs out knows that they did',
  changes: [
    {
      file: 'accounts.ts',
      from: "renew(request, { flash: 'You are logged out.' })",
      to: 'renew(request, {})',
    },
  ],
  fails: 'logging out ends the session, and only a form does it',
  says: 'says that ann is logged out',
} satisfies Wrong
