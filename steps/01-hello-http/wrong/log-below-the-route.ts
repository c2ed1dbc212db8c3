import type { Wrong } from '#shared/check/wrong'

const log = `app.use((request, response, next) => {
  // "close" comes when the answer is out: only then is its status known.
  response.on('close', () => console.log(request.method, request.originalUrl, response.statusCode))
  next()
})

`

export default {
  story: 'the log line stands below the route, which lets nothing of its own get that far',
  changes: [
    { file: 'server.ts', from: log, to: '' },
    {
      file: 'server.ts',
      from: `app.use((request, response) => {`,
      to: `${log}app.use((request, response) => {`,
    },
  ],
  fails: 'each request writes one line',
  says: 'does it come first',
} satisfies Wrong
