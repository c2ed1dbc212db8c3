import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'all that was ever said goes to everyone who comes',
  changes: [
    {
      file: 'server.ts',
      from: 'ORDER BY id DESC LIMIT ?',
      to: 'WHERE id > ? - 50 ORDER BY id DESC',
    },
  ],
  fails: 'the last 50 messages, oldest first',
  says: 'Saw: 53, from',
} satisfies Wrong
