import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the server looks at no key',
  changes: [
    {
      file: 'chat.ts',
      from: `    if (before) return { id: before.id, at: before.at } // sent again: the same answer, and nobody hears it twice
`,
      to: ``,
    },
    {
      file: 'chat.ts',
      from: `person.id, key) // first`,
      to: `person.id, undefined) // first`,
    },
  ],
  fails: 'the same key again gets the same answer, and is kept and heard once',
  says: 'keptBefore(person.id, key)',
} satisfies Wrong
