import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the sentence is read, and not taken out',
  changes: [
    {
      file: 'board.ts',
      from: '{ flash: flashOf(request) }',
      to: '{ flash: request.session.flash }',
    },
    {
      file: 'board.ts',
      from: `import { flashOf } from './sessions.ts'
`,
      to: '',
    },
  ],
  fails: 'loading the page again does not publish twice',
  says: 'the sentence is said once',
} satisfies Wrong
