import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page sends everything as a new message',
  changes: [
    {
      file: 'page/client.ts',
      from: "  else socket.timeout(patienceMs).emit('direct message', { to: talkingTo, message }, whenAnswered)",
      to: "  else socket.timeout(patienceMs).emit('new message', message, whenAnswered)",
    },
  ],
  fails: 'two pages talk in private, and a third sees nothing',
  says: 'goes to them alone',
} satisfies Wrong
