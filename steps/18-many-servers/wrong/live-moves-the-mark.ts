import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what comes live is taken for all that there is below it',
  changes: [
    {
      file: 'page/client.ts',
      from: `  view.removeTypist(said.room, said.username)
`,
      to: `  if (seen) seen.messages = said.id
  view.removeTypist(said.room, said.username)
`,
    },
  ],
  fails: 'what nobody has announced comes to the page all the same',
  says: 'which came live',
} satisfies Wrong
