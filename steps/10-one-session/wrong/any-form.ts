import type { Wrong } from '#shared/check/wrong'

export default {
  story: `a form needs the cookie, and that is proof enough`,
  changes: [
    {
      file: 'server.ts',
      from: `if (['GET', 'HEAD'].includes(request.method) || isOurs(request)) return next()`,
      to: `if (request.method !== 'TRACE') return next()`,
    },
  ],
  fails: `a form or a socket from another origin is refused`,
  says: `is refused: 403`,
} satisfies Wrong
