import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'lastId grows by as many as came: right until the page is opened when the oldest are dropped already, or after a gap',
  changes: [
    {
      file: 'page/client.ts',
      from: `      lastId = id
`,
      to: `      lastId += 1
`,
    },
  ],
  fails: 'the page counts how often it asked, and how often there was news',
  says: 'with which number does the page ask again, once it has shown',
} satisfies Wrong
