import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'after= is how many this page has, so the rest of the list is what it lacks: right until the oldest are dropped',
  changes: [
    {
      file: 'server.ts',
      from: `response.json(messages.filter((message) => message.id > after))`,
      to: `response.json(messages.slice(after))`,
    },
  ],
  fails: 'the newest 500 messages are kept',
  says: 'which messages have an id above after? An id is not a position in',
} satisfies Wrong
