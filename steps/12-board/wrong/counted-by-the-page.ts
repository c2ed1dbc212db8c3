import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page counts the announcements itself',
  changes: [
    {
      file: 'page/client.ts',
      from: `on the board\`)
  countUnread()`,
      to: `on the board\`)
  view.showUnreadPosts(++published)`,
    },
    {
      file: 'page/client.ts',
      from: 'let counting:',
      to: `let published = 0
let counting:`,
    },
  ],
  fails: 'the chat tells of a new post, and asks how many were not read',
  says: '2 new',
} satisfies Wrong
