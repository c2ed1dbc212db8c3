import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'whatever goes wrong, the page says that it reconnects',
  changes: [
    {
      file: 'page/client.ts',
      from: `view.note(socket.active ? 'reconnecting…' : error.message)`,
      to: `view.note('reconnecting…')`,
    },
  ],
  fails: 'the page of that tab says why',
  says: 'socket.active',
} satisfies Wrong
