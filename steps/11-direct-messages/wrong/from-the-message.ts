import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the message says who it is from',
  changes: [
    {
      file: 'server.ts',
      from: 'keepDirect(person.id, data.to, data.message)',
      to: 'keepDirect(Number(Object(wanted).from ?? person.id), data.to, data.message)',
    },
  ],
  fails: 'who it is from comes from the session',
  says: 'not what the message says',
} satisfies Wrong
