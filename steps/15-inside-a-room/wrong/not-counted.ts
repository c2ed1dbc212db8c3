import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what comes in another room is not counted',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (talkingTo || said.room !== rooms.current()) rooms.count(said.room)
  else rooms.read(said.room)
`,
      to: `  if (!talkingTo && said.room === rooms.current()) rooms.read(said.room)
`,
    },
  ],
  fails: 'two pages: what was said, who is in it, who is typing, and what is new',
  says: 'rooms.count()',
} satisfies Wrong
