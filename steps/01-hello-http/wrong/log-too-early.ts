import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the line is printed when the request comes, and at that moment every status is 200',
  changes: [
    {
      file: 'server.ts',
      from: "response.on('close', () => console.log(request.method, request.originalUrl, response.statusCode))",
      to: 'console.log(request.method, request.originalUrl, response.statusCode)',
    },
  ],
  fails: 'each request writes one line',
  says: 'Before that, statusCode is 200 for every request',
} satisfies Wrong
