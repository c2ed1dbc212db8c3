import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who comes back from the board sees the old number',
  changes: [
    {
      file: 'page/client.ts',
      from: `window.addEventListener('focus', countUnread) // The board may have been read in another tab.
`,
      to: '',
    },
  ],
  fails: 'the chat tells of a new post, and asks how many were not read',
  says: `'focus', countUnread`,
} satisfies Wrong
