import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'the log comes after express.json(), so that one could print the body, too: a body that is no JSON leaves no line, and the page neither',
  changes: [
    {
      file: 'server.ts',
      from: `app.use((request, response, next) => {
  // "close" comes when the answer is out: only then is its status known.
  response.on('close', () => console.log(request.method, request.originalUrl, response.statusCode))
  next()
})

app.use(page(import.meta.dirname))
app.use(express.json())
`,
      to: `app.use(page(import.meta.dirname))
app.use(express.json())
app.use((request, response, next) => {
  // "close" comes when the answer is out: only then is its status known.
  response.on('close', () => console.log(request.method, request.originalUrl, response.statusCode))
  next()
})
`,
    },
  ],
  fails: 'an empty or an endless text is refused, with a reason',
  says: 'does the log stand above all that may answer?',
} satisfies Wrong
