import type { Right } from '#shared/check/wrong'

export default {
  story: 'the page asks in a loop',
  changes: [
    {
      file: 'page/client.ts',
      from: `  const answer = await socket.emitWithAck('sync', from).catch(() => noAnswer)
  if (!socket.connected) return // It begins again with the next connection.
  if (!answer.ok) return later(firstWaitMs, () => catchUp(from))
  answer.messages.forEach(view.sayInRoom)
  answer.directs.forEach(view.sayDirect)
  seen = {
    messages: answer.messages.at(-1)?.id ?? from.messages,
    directs: answer.directs.at(-1)?.id ?? from.directs,
  }
  later(answer.more ? 0 : syncEveryMs, () => seen && catchUp(seen))
`,
      to: `  let since = from
  for (let more = true; socket.connected && more;) {
    const answer = await socket.emitWithAck('sync', since).catch(() => noAnswer)
    if (!answer.ok) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      continue
    }
    for (const direct of answer.directs) view.sayDirect(direct)
    for (const said of answer.messages) view.sayInRoom(said)
    since = {
      messages: Math.max(since.messages, ...answer.messages.map(({ id }) => id)),
      directs: Math.max(since.directs, ...answer.directs.map(({ id }) => id)),
    }
    seen = since
    more = answer.more
  }
  if (socket.connected) later(syncEveryMs, () => seen && catchUp(seen))
`,
    },
  ],
} satisfies Right
