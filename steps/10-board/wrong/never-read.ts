import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the board does not write down that it was looked at',
  changes: [
    {
      file: 'board.ts',
      from: `    see.run(person.id)
`,
      to: '',
    },
  ],
  fails: 'the chat tells of it, and counts what was not read',
  says: 'what was read is not new',
} satisfies Wrong
