import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'after a reconnect the page adds the history to what it shows',
  changes: [
    {
      file: 'page/client.ts',
      from: `  view.clear() // Some of it may stand here already: after a reconnect, all of it does.
`,
      to: '',
    },
  ],
  fails: 'a page shows it, once, also after the server was gone',
  says: 'what stands there already has to go first',
} satisfies Wrong
