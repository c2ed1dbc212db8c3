import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'Express answers 404 by itself, so nothing needs to be written',
  changes: [
    {
      file: 'server.ts',
      from: `app.use((request, response) => {
  response.status(404).type('text').send(\`There is nothing at \${request.path}\`)
})

`,
      to: '',
    },
  ],
  fails: 'anything else is 404, in words',
  says: "a page of HTML, which is Express's own",
} satisfies Wrong
