import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what comes in is shown as it was in step 13',
  changes: [
    {
      file: 'page/client.ts',
      from: `  view.sayInRoom(said)
})`,
      to: `  view.say(said.username, said.message)
})`,
    },
  ],
  fails: 'three pages: two in a room, and one outside',
  says: 'view.sayInRoom(said)',
} satisfies Wrong
