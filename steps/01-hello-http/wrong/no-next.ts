import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'the log line is written when the answer is out, and no answer ever goes out: the request is not handed on',
  changes: [
    {
      file: 'server.ts',
      from: `
  next()`,
      to: '',
    },
  ],
  fails: 'the home page says Hello World!',
  says: 'does every app.use() that sends no answer call next()?',
} satisfies Wrong
