import type { Right } from '#shared/check/wrong'

export default {
  story:
    'the page asks at once, and again a second later for all that came in between; it looks when it becomes visible',
  changes: [
    {
      file: 'page/client.ts',
      from: `  counting ??= setTimeout(async () => {
    counting = undefined
    const response = await fetch('/board/unread')
    if (response.ok) view.showUnreadPosts((await response.json()).posts)
  }, 300)
}
`,
      to: `  if (counting) {
    isOld = true
    return
  }
  counting = setTimeout(() => {
    counting = undefined
    if (isOld) countUnread()
  }, 1_000)
  isOld = false
  void askForUnread()
}

async function askForUnread() {
  const response = await fetch('/board/unread')
  const { posts }: { posts: number } = await response.json()
  view.showUnreadPosts(posts)
}
`,
    },
    {
      file: 'page/client.ts',
      from: 'let counting:',
      to: `let isOld = false
let counting:`,
    },
    {
      file: 'page/client.ts',
      from: `window.addEventListener('focus', countUnread)`,
      to: `document.addEventListener('visibilitychange', countUnread)`,
    },
  ],
} satisfies Right
