import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'better twice than never: who asked for an acknowledgement is refused by an event as well',
  changes: [
    {
      file: 'server.ts',
      from: `    else socket.emit('refused', { error })`,
      to: `    socket.emit('refused', { error })`,
    },
  ],
  fails: 'a message has 1 to 2,000 characters',
  says: "refuse(): the acknowledgement, or else the event 'refused'",
} satisfies Wrong
