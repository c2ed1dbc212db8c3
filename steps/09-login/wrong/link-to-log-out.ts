import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'logging out is a link, and a link is a GET',
  changes: [
    {
      file: 'accounts.ts',
      from: "router.post('/logout'",
      to: "router.all('/logout'",
    },
  ],
  fails: 'logging out ends the session, and only a form does it',
  says: 'a picture in any page can send a GET',
} satisfies Wrong
