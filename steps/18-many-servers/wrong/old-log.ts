import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the log is for people, not for programs',
  changes: [
    {
      file: 'server.ts',
      from: `app.use(logRequests)
`,
      to: `app.use((request, response, next) => {
  response.on('close', () => console.log(request.method, request.originalUrl, response.statusCode))
  next()
})
`,
    },
  ],
  fails: 'each thing that happened is a line of JSON, without what people say',
  says: 'logRequests',
} satisfies Wrong
