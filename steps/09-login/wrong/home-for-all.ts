import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page is served to everybody, and only the socket asks who it is',
  changes: [
    {
      file: 'server.ts',
      from: `  if (personOf(request.session)) next()
  else response.redirect(303, '/login')`,
      to: '  next()',
    },
  ],
  fails: 'registering lets you in, and nobody else comes in',
  says: 'without personOf(request.session)',
} satisfies Wrong
