import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'one line when the request comes and one when the answer is out: each visit counts double',
  changes: [
    {
      file: 'server.ts',
      from: `
  next()`,
      to: `
  console.log(request.method, request.originalUrl)
  next()`,
    },
  ],
  fails: 'each request writes one line',
  says: 'how often does it print?',
} satisfies Wrong
