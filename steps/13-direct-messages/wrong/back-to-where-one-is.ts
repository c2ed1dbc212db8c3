import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what was not sent comes back into the place that is open now',
  changes: [
    {
      file: 'page/client.ts',
      from: 'view.giveBack(message, answer.error, view.placeOf(to))',
      to: 'view.giveBack(message, answer.error, view.placeOf(talkingTo?.id))',
    },
  ],
  fails: 'what is typed for one person never goes to everyone',
  says: 'with the to that was open when it was sent',
} satisfies Wrong
