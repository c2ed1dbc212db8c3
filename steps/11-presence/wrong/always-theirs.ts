import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what comes from the server is somebody else’s',
  changes: [
    {
      file: 'page/client.ts',
      from: `  view.say(username, message, username === me.username ? 'mine' : 'theirs')
`,
      to: `  view.say(username, message)
`,
    },
  ],
  fails: 'what Ann says in one tab stands on the right in her other tab',
  says: 'both are on the same side',
} satisfies Wrong
