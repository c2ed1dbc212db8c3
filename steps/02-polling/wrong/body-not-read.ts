import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'nobody reads the body, so there is no text in any request',
  changes: [{ file: 'server.ts', from: 'app.use(express.json())\n', to: '' }],
  fails: 'what Ann posts, Ben gets',
  says: 'does express.json() come before it?',
} satisfies Wrong
