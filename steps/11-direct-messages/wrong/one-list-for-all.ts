import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what is private stands among what is for all',
  changes: [
    {
      file: 'page/client.ts',
      from: '  list.append(line)',
      to: '  messages.append(line)',
    },
    {
      file: 'page/client.ts',
      from: `    list.replaceChildren()
`,
      to: '',
    },
    {
      file: 'page/client.ts',
      from: 'for (const [whose, list] of lists) list.hidden = whose !== id',
      to: 'for (const list of lists.values()) list.hidden = false',
    },
    {
      file: 'page/client.ts',
      from: 'function show(text: string, kind: string, list = messages) {',
      to: 'function show(text: string, kind: string, _list = messages) {',
    },
  ],
  fails: 'two pages talk in private, and a third sees nothing',
  says: 'one list of lines for each',
} satisfies Wrong
