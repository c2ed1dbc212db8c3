import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'the engine is there as soon as io() was called, so once at the top is enough: after a reconnect it is another engine',
  changes: [
    {
      file: 'page/client.ts',
      from: `socket.io.on('open', () => {
  const { engine } = socket.io // the connection below the socket: a new one after each reconnect
  const openedAt = performance.now()
  engine.once('upgrade', (transport) => {
    view.note(\`connected over \${transport.name}\`)
    view.show(\`upgraded to \${transport.name} after \${Math.round(performance.now() - openedAt)} ms\`, 'news')
  })
})`,
      to: `const { engine } = socket.io
const openedAt = performance.now()
engine.on('upgrade', (transport) => {
  view.note(\`connected over \${transport.name}\`)
  view.show(\`upgraded to \${transport.name} after \${Math.round(performance.now() - openedAt)} ms\`, 'news')
})`,
    },
  ],
  fails: 'a page that was cut off keeps what is typed, and comes back by itself',
  says: 'socket.io has another engine after each reconnect: wait for',
} satisfies Wrong
