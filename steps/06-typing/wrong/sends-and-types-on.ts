import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'sending the form does not end the typing',
  changes: [
    {
      file: 'page/client.ts',
      from: `  stopTyping()
  const answer = await socket.emitWithAck`,
      to: `  const answer = await socket.emitWithAck`,
    },
  ],
  fails: 'sending says stop typing, before the message',
  says: 'what ends when the form is sent?',
} satisfies Wrong
