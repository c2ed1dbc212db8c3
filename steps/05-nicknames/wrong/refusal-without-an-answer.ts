import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the refusal is said as an event, and the acknowledgement is left waiting',
  changes: [
    {
      file: 'server.ts',
      from: `    if (typeof acknowledge === 'function') acknowledge({ ok: false, error })
    else socket.emit`,
      to: `    socket.emit`,
    },
  ],
  fails: 'a name has 1 to 14 characters, without the spaces around it',
  says: 'a refusal is an answer, too',
} satisfies Wrong
