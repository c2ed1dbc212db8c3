import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page does not listen to history',
  changes: [
    {
      file: 'page/client.ts',
      from: `  for (const { username, message } of kept) say(username, message)
`,
      to: '',
    },
  ],
  fails: 'a page shows it, once, also after the server was gone',
  says: 'its last line is',
} satisfies Wrong
