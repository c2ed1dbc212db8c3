import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page sends everything as a new message',
  changes: [
    {
      file: 'page/client.ts',
      from: `  const sending = to
    ? socket.emitWithAck('direct message', { to, message })
    : socket.emitWithAck('new message', message)
`,
      to: `  const sending = socket.emitWithAck('new message', message)
`,
    },
  ],
  fails: 'two pages talk in private, and everyone is another place',
  says: 'to them alone',
} satisfies Wrong
