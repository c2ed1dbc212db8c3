import type { Right } from '#shared/check/wrong'

export default {
  story:
    'the page reads its place anew when the connection is there, shows news by itself, and sends by one function',
  changes: [
    {
      file: 'page/client.ts',
      from: `  talkTo(talkingTo) // after a reconnect: what was said in between
`,
      to: '',
    },
    {
      file: 'page/client.ts',
      from: `socket.on('users', (users) => view.showPeople(users, me.id))
`,
      to: `socket.on('users', (users) => view.showPeople(users, me.id))
socket.on('connect', () => {
  if (talkingTo) void talkTo(talkingTo)
})
`,
    },
    {
      file: 'page/client.ts',
      from: `  const to = talkingTo?.id
  const sending = to
    ? socket.emitWithAck('direct message', { to, message })
    : socket.emitWithAck('new message', message)
  const answer = await sending.catch(() => noAnswer)
  if (!answer.ok) view.giveBack(message, answer.error, view.placeOf(to))
  else if (!to) view.say(me.username, message, 'mine') // A direct message comes back to all of one's tabs.
})
`,
      to: `  const person = talkingTo
  const answer = await send(message, person)
  if (answer.ok && !person) view.say(me.username, message, 'mine')
  if (!answer.ok) view.giveBack(message, answer.error, view.placeOf(person?.id))
})

async function send(message: string, person?: Person) {
  try {
    if (!person) return await socket.emitWithAck('new message', message)
    return await socket.emitWithAck('direct message', { message, to: person.id })
  } catch {
    return noAnswer
  }
}
`,
    },
  ],
} satisfies Right
