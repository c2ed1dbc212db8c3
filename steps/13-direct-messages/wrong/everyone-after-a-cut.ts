import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'after a reconnect the page begins with everyone again',
  changes: [
    {
      file: 'page/client.ts',
      from: `  talkTo(talkingTo) // after a reconnect: what was said in between
`,
      to: `  talkTo()
`,
    },
  ],
  fails: 'a conversation that is open stays whole when the connection breaks',
  says: 'asks for what was said',
} satisfies Wrong
