import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'io() without /test: the page connects, to a namespace in which nobody answers',
  changes: [
    {
      file: 'page/client.ts',
      from: `io('/test')`,
      to: 'io()',
    },
  ],
  fails: 'three buttons, three audiences',
  says: "io('/test')",
} satisfies Wrong
