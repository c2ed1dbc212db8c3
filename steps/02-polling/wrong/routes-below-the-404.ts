import type { Wrong } from '#shared/check/wrong'

const notFound = `app.use((request, response) => {
  response.status(404).type('text').send(\`There is nothing at \${request.path}\`)
})
`

export default {
  story: 'new code goes to the end of the file, and there the 404 has answered already',
  changes: [
    { file: 'server.ts', from: notFound, to: '' },
    { file: 'server.ts', from: `app.use(express.json())\n`, to: `app.use(express.json())\n\n${notFound}` },
  ],
  fails: 'what Ann posts, Ben gets',
  says: 'do your routes for /messages stand above the 404?',
} satisfies Wrong
