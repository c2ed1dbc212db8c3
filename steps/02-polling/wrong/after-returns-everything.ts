import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'after is looked at, checked, and forgotten',
  changes: [
    {
      file: 'server.ts',
      from: 'response.json(messages.filter((message) => message.id > after))',
      to: 'response.json(messages)',
    },
  ],
  fails: 'after= gives only what is newer',
  says: 'which messages have an id above after?',
} satisfies Wrong
