import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each post is a question of each page',
  changes: [
    {
      file: 'page/client.ts',
      from: `  counting ??= setTimeout(async () => {
    counting = undefined
`,
      to: `  setTimeout(async () => {
`,
    },
    {
      file: 'page/client.ts',
      from: `let counting: ReturnType<typeof setTimeout> | undefined
`,
      to: '',
    },
  ],
  fails: 'the chat tells of a new post, and asks how many were not read',
  says: 'requests for /board/unread',
} satisfies Wrong
