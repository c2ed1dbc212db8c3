import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the event has a name of its own, so only those who listen for it hear it',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `io.to([\`user:\${id}\`, \`user:\${to}\`]).emit('direct message', kept)`,
      to: `io.emit('direct message', kept)`,
    },
  ],
  fails: 'both hear it in all their tabs, and nobody else does',
  says: 'an event name is no private channel',
} satisfies Wrong
