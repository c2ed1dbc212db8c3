import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page counts the announcements itself',
  changes: [
    {
      file: 'page/client.ts',
      from: `  void countUnread()
})
window`,
      to: `  unread.textContent = \`\${(parseInt(unread.textContent, 10) || 0) + 1} new\`
})
window`,
    },
    {
      file: 'page/client.ts',
      from: `window.addEventListener('focus', () => void countUnread()) // The board may have been read in another tab.
`,
      to: '',
    },
  ],
  fails: 'the chat tells of it, and counts what was not read',
  says: 'on focus',
} satisfies Wrong
