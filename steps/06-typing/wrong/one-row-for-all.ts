import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'one line of text for all: who types last pushes the others out',
  changes: [
    {
      file: 'page/view.ts',
      from: `  if (typists.has(username)) return
`,
      to: `  for (const other of typists.keys()) removeTypist(other)
`,
    },
  ],
  fails: 'one row a person, which goes away when they stop',
  says: 'Saw: cleo is typing.',
} satisfies Wrong
