import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page has maxlength, so the server need not count',
  changes: [
    {
      file: 'server.ts',
      from: `typeof value === 'string' && value.trim() !== '' && value.length <= longestMessage`,
      to: `typeof value === 'string' && value.trim() !== ''`,
    },
  ],
  fails: 'a message has 1 to 2,000 characters',
  says: 'what may a message be?',
} satisfies Wrong
