import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'only "stop typing" takes a row away, and not everybody says it',
  changes: [
    {
      file: 'page/client.ts',
      from: `  view.removeTypist(username)
  view.say(username, message)`,
      to: `  view.say(username, message)`,
    },
  ],
  fails: 'the row goes when the message arrives, or the person leaves',
  says: 'a guest whose message has come is no longer typing it',
} satisfies Wrong
