import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the row goes from the page and stays in the map, so it never comes again',
  changes: [
    {
      file: 'page/view.ts',
      from: `  typists.get(username)?.remove()
  typists.delete(username)`,
      to: `  typists.get(username)?.remove()`,
    },
  ],
  fails: 'one row a person, which goes away when they stop',
  says: 'is a row that went away forgotten, too?',
} satisfies Wrong
