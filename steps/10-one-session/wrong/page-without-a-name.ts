import type { Wrong } from '#shared/check/wrong'

export default {
  story: `the page is let in, and does not keep its name`,
  changes: [
    {
      file: 'page/client.ts',
      from: `  myName = username
`,
      to: ``,
    },
  ],
  fails: `a page is in at once, by the name of the account`,
  says: `myName, view.letIn(username)`,
} satisfies Wrong
