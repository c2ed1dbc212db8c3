import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the history of a room takes away what the page had',
  changes: [
    {
      file: 'page/client.ts',
      from: `  answer.messages.forEach(view.sayInRoom)
  view.showMembers`,
      to: `  view.clear(view.placeOf(undefined, room))
  answer.messages.forEach(view.sayInRoom)
  view.showMembers`,
    },
  ],
  fails: 'a page that was away shows all of it, in every place, once and in order',
  says: 'catchUp(seen)',
} satisfies Wrong
