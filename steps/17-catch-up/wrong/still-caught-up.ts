import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a page that was cut off still believes that it has everything',
  changes: [
    {
      file: 'page/client.ts',
      from: `  view.note('reconnecting…')
  isCaughtUp = false
`,
      to: `  view.note('reconnecting…')
`,
    },
  ],
  fails: 'what comes live while the page catches up is not the end of what is missing',
  says: 'once isCaughtUp',
} satisfies Wrong
