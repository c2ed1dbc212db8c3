import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the form is the door, and whoever asks for the page itself may have it',
  changes: [
    {
      file: 'server.ts',
      from: `  if (personOf(request.session)) next()
  else response.redirect(303, '/login')`,
      to: '  next()',
    },
    {
      file: 'server.ts',
      from: `import { personOf } from './people.ts'
`,
      to: '',
    },
  ],
  fails: 'registering lets you in, and nobody else comes in',
  says: 'without personOf(request.session)',
} satisfies Wrong
