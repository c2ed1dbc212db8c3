import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the message says who it is from',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `hear(socket, 'direct message', directMessage, ({ to, message }) => {
    const kept = keepDirect(id, to, message)`,
      to: `hear(socket, 'direct message', directMessage.loose(), ({ to, message, from }) => {
    const kept = keepDirect(typeof from === 'number' ? from : id, to, message)`,
    },
  ],
  fails: 'who it is from comes from the session',
  says: 'not what the message says',
} satisfies Wrong
