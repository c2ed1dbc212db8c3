import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page asks for all that was ever said',
  changes: [
    {
      file: 'page/client.ts',
      from: `  seen ??= newest // what came before is history
`,
      to: `  seen ??= { messages: newest.messages * 0, directs: 0 }
`,
    },
  ],
  fails: 'who scrolls up reads older lines, to the first one',
  says: 'openRoom()',
} satisfies Wrong
