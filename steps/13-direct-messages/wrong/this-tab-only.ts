import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the tab that has read knows it, and the others do not',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `    if (hasRead(id, them)) tell(id)
    return { messages }`,
      to: `    if (hasRead(id, them)) socket.emit('conversations', conversationsOf(id))
    return { messages }`,
    },
  ],
  fails: 'what was not read is counted, for each conversation and in all tabs',
  says: 'to all tabs of the reader',
} satisfies Wrong
