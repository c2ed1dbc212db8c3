import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'everything that waits is sent at once, and the server hears it in any order',
  changes: [
    {
      file: 'page/client.ts',
      from: `async function send() {
  const next = outbox.next()
  if (!next || isSending || !socket.connected) return
`,
      to: `async function send() {
  if (!socket.connected) return
  for (const one of outbox.all().toReversed()) ask(one).then(() => outbox.remove(one.key))
  const next = undefined as Waiting | undefined
  if (!next || isSending || !socket.connected) return
`,
    },
  ],
  fails: 'what is written without a connection waits, and goes out in its order',
  says: 'one at a time',
} satisfies Wrong
