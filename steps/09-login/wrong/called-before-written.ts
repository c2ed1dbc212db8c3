import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a function is called that is not written yet, in another file than the one that the task is about',
  changes: [
    {
      file: 'server.ts',
      from: 'io.in(sessionRoom(sessionId)).disconnectSockets(true)',
      to: 'io.in(roomOf(sessionId)).disconnectSockets(true)',
    },
  ],
  fails: 'registering lets you in, and nobody else comes in',
  says: 'Your server said: ReferenceError: roomOf is not defined',
} satisfies Wrong
