import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'nobody is told the number to begin with',
  changes: [
    {
      file: 'chat.ts',
      from: `numUsers: peopleOnline().length, newest })`,
      to: `numUsers: peopleOnline().length, newest: { messages: 1, directs: 1 } })`,
    },
    {
      file: 'chat.ts',
      from: `  const newest = { messages: newestMessage(), directs: newestDirect() }
`,
      to: ``,
    },
  ],
  fails: 'what was said since a number comes in order, and only what comes after it',
  says: 'newestMessage(), newestDirect()',
} satisfies Wrong
