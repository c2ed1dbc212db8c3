import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what comes in other rooms is not taken in',
  changes: [
    {
      file: 'page/client.ts',
      from: `  answer.messages.forEach(view.sayInRoom)
  answer.directs`,
      to: `  answer.messages.filter(({ room }) => room === rooms.current()).forEach(view.sayInRoom)
  answer.directs`,
    },
  ],
  fails: 'a page that was away twice misses nothing of either time',
  says: 'in other places, too',
} satisfies Wrong
