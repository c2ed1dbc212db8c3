import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'there is one box, and what is in it stays there',
  changes: [
    {
      file: 'page/view.ts',
      from: `  input.value = drafts.get(place) ?? ''
`,
      to: '',
    },
  ],
  fails: 'what is typed for one person never goes to everyone',
  says: 'each place has its own',
} satisfies Wrong
