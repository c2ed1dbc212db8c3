import type { Wrong } from '#shared/check/wrong'

export default {
  story: '200 messages, and 200 direct ones as well',
  changes: [
    {
      file: 'catch-up.ts',
      from: `directsSince(has.directs, id, maxAtOnce - messages.length)`,
      to: `directsSince(has.directs, id, maxAtOnce)`,
    },
  ],
  fails: 'an answer holds 200 at most, and says whether there is more',
  says: '200 together',
} satisfies Wrong
