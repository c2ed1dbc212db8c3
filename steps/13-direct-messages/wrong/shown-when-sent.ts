import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a private line is shown when it is sent, and again when it comes back',
  changes: [
    {
      file: 'page/client.ts',
      from: `  else if (!to) view.say(me.username, message, 'mine') // A direct message comes back to all of one's tabs.`,
      to: `  else view.say(me.username, message, 'mine', new Date(), view.placeOf(to))`,
    },
  ],
  fails: 'two pages talk in private, and everyone is another place',
  says: '2 times',
} satisfies Wrong
