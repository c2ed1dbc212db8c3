import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'a line that was kept before the page came is shown at once, and nobody asks for what is missing below it',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (answer.ok && answer.id > historyTo)
`,
      to: `  if (answer.ok)
`,
    },
  ],
  fails: 'who scrolls up reads older lines, to the first one',
  says: 'historyTo',
} satisfies Wrong
