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
  fails: 'what comes live while the page catches up is not the end of what is missing',
  says: 'what comes live does not move it',
} satisfies Wrong
