import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'nobody asks for older lines',
  changes: [
    {
      file: 'page/client.ts',
      from: `  return socket.emitWithAck('older', { ...place, before }).catch(() => noAnswer)
`,
      to: `  return Promise.resolve({ ...noAnswer, ...place, before })
`,
    },
  ],
  fails: 'who scrolls up reads older lines, to the first one',
  says: 'view.onTop()',
} satisfies Wrong
