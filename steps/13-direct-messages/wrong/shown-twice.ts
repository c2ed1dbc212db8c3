import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what was said is shown again below what is there already',
  changes: [
    {
      file: 'page/client.ts',
      from: `  view.clear(view.placeOf(person.id))
`,
      to: '',
    },
  ],
  fails: 'two pages talk in private, and everyone is another place',
  says: 'view.clear()',
} satisfies Wrong
