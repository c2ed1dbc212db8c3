import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'send() says that it is HTML, so it gets a heading',
  changes: [{ file: 'server.ts', from: `'Hello World!'`, to: `'<h1>Hello World!</h1>'` }],
  fails: 'the home page says Hello World!',
  says: 'does it send these words alone?',
} satisfies Wrong
