import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page shows that it is connected, and forgets to say so',
  changes: [
    {
      file: 'page/client.ts',
      from: `
  socket.emit('connect-ack', { messages: "I'm connected!" })`,
      to: '',
    },
  ],
  fails: 'the page says how it is connected, and when it was upgraded',
  says: "what does the page emit on 'connect'?",
} satisfies Wrong
