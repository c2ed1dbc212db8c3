import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page does not listen to history',
  changes: [
    {
      file: 'page/client.ts',
      from: `    view.say(username, message, username === myName ? 'mine' : 'theirs', new Date(at))
`,
      to: '',
    },
  ],
  fails: 'a page shows it, once, also after the server was gone',
  says: 'its last line is',
} satisfies Wrong
