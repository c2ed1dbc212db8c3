import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the tab that has read knows it, and the others do not',
  changes: [
    {
      file: 'server.ts',
      from: `    if (hasRead(person.id, other)) tellConversations(person.id)
  })

  socket.on('direct read'`,
      to: `    if (hasRead(person.id, other)) socket.emit('conversations', conversationsOf(person.id))
  })

  socket.on('direct read'`,
    },
  ],
  fails: 'what was not read is counted, for each conversation and in all tabs',
  says: 'to the reader',
} satisfies Wrong
