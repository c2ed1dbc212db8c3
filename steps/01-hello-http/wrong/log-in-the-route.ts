import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the log line stands in the route, so it tells of the requests that went well, and of no other',
  changes: [
    {
      file: 'server.ts',
      from: `  response.on('close', () => console.log(request.method, request.originalUrl, response.statusCode))
`,
      to: '',
    },
    {
      file: 'server.ts',
      from: `  response.send('Hello World!')`,
      to: `  response.send('Hello World!')
  console.log(request.method, request.originalUrl, response.statusCode)`,
    },
  ],
  fails: 'each request writes one line',
  says: 'which app.use() sees every request',
} satisfies Wrong
