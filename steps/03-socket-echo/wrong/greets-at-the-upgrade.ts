import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the greeting goes out when the WebSocket stands: behind a proxy that refuses it, nobody is greeted',
  changes: [
    {
      file: 'page/client.ts',
      from: `
  socket.emit('connect-ack', { messages: "I'm connected!" })`,
      to: ``,
    },
    {
      file: 'page/client.ts',
      from: `    view.note(\`connected over \${transport.name}\`)
`,
      to: `    view.note(\`connected over \${transport.name}\`)
    socket.emit('connect-ack', { messages: "I'm connected!" })
`,
    },
  ],
  fails: 'where a proxy refuses WebSocket, all goes on over long-polling',
  says: "what does the page do on 'connect', and what on 'upgrade'? T",
} satisfies Wrong
