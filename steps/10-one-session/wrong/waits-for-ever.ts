import type { Wrong } from '#shared/check/wrong'

export default {
  story: `a page that was cut off says that it reconnects`,
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (reason === 'io server disconnect') return toTheDoor() // logged out, perhaps in another tab
`,
      to: `  if (reason === 'parse error') return toTheDoor()
`,
    },
  ],
  fails: `a page whose session has ended goes to the door`,
  says: `nobody reconnects`,
} satisfies Wrong
