import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'request.path is what the 404 says, so the log says it too, and loses what stands behind the ?',
  changes: [{ file: 'server.ts', from: 'request.originalUrl', to: 'request.path' }],
  fails: 'each request writes one line',
  says: 'what follows the question mark',
} satisfies Wrong
