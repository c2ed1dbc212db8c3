import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'nothing is thrown away: somebody who talks for long enough fills the memory',
  changes: [
    {
      file: 'server.ts',
      from: '  if (messages.length > mostMessages) messages.shift() // Nobody may fill our memory by talking.\n',
      to: '',
    },
  ],
  fails: 'the newest 500 messages are kept',
  says: 'what happens to the oldest message',
} satisfies Wrong
