import type { Wrong } from '#shared/check/wrong'

const route = `app.get('/', (request, response) => {
  response.send('Hello World!')
})
`
const notFound = `app.use((request, response) => {
  response.status(404).type('text').send(\`There is nothing at \${request.path}\`)
})
`

export default {
  story: 'the 404 stands above the route, and Express asks from top to bottom',
  changes: [{ file: 'server.ts', from: `${route}\n${notFound}`, to: `${notFound}\n${route}` }],
  fails: 'the home page says Hello World!',
  says: 'does it come before the 404',
} satisfies Wrong
