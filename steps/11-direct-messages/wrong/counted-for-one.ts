import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'whoever gets a message is told of the count, and whoever reads it is not',
  changes: [
    {
      file: 'server.ts',
      from: `    if (isFunction(acknowledge)) acknowledge({ ok: true, messages: between(person.id, other) })
    if (hasRead(person.id, other)) tellConversations(person.id)`,
      to: `    if (isFunction(acknowledge)) acknowledge({ ok: true, messages: between(person.id, other) })
    hasRead(person.id, other)`,
    },
  ],
  fails: 'what was not read is counted, for each conversation and in all tabs',
  says: 'to the reader',
} satisfies Wrong
