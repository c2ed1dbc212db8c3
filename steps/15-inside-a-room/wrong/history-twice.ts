import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what comes is added to what is shown',
  changes: [
    {
      file: 'page/client.ts',
      from: `  view.clear(view.placeOf(undefined, room))
`,
      to: '',
    },
  ],
  fails: 'two pages: what was said, who is in it, who is typing, and what is new',
  says: 'view.clear() before',
} satisfies Wrong
