import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the form is filled in by hand, and nobody types that fast',
  changes: [
    {
      file: 'board.ts',
      from: `    if (!spend(id, 10))
      return void response.status(429).send(again('Slow down: one post a second is the most.'))
`,
      to: '',
    },
    {
      file: 'board.ts',
      from: `import { spend } from './throttle.ts'
`,
      to: '',
    },
  ],
  fails: 'who publishes too much is told to slow down, and the others are left in peace',
  says: 'all were accepted',
} satisfies Wrong
