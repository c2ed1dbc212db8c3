import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a room is opened, and who one talked to before is not forgotten',
  changes: [
    {
      file: 'page/client.ts',
      from: `  talkingTo = undefined
`,
      to: '',
    },
  ],
  fails: 'three pages: two in a room, and one outside',
  says: 'view.sayInRoom()',
} satisfies Wrong
