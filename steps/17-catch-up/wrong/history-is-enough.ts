import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page asks for the history of the open room, as before',
  changes: [
    {
      file: 'page/client.ts',
      from: `  catchUp(seen)
  countUnread()`,
      to: `  countUnread()`,
    },
  ],
  fails: 'a page that was away shows all of it, in every place, once and in order',
  says: 'catchUp(seen)',
} satisfies Wrong
