import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what comes live is taken for all that was said',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (seen && isCaughtUp) seen.messages = said.id
`,
      to: `  if (seen) seen.messages = said.id
`,
    },
  ],
  fails: 'what comes live while the page catches up is not the end of what is missing',
  says: 'once isCaughtUp',
} satisfies Wrong
