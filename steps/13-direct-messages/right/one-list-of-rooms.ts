import type { Right } from '#shared/check/wrong'

export default {
  story:
    'the rooms in a list made beforehand, the list of what is new by a loop, the refusal from another function',
  changes: [
    {
      file: 'direct-messages.ts',
      from: `  hear(socket, 'direct message', directMessage, ({ to, message }) => {
    const kept = keepDirect(id, to, message)
    if (!kept) throw new Refusal('There is nobody to get this message.')
    io.to([\`user:\${id}\`, \`user:\${to}\`]).emit('direct message', kept)
    tell(id)
    tell(to)
  })
`,
      to: `  hear(socket, 'direct message', directMessage, ({ message, ...wanted }) => {
    const kept = keepDirect(id, wanted.to, message) ?? nobody()
    const both = [kept.from, kept.to]
    socket.emit('direct message', kept)
    socket.to(both.map((person) => \`user:\${person}\`)).emit('direct message', kept)
    for (const person of both) tell(person)
  })

  function nobody(): never {
    throw new Refusal('Nobody has this number!')
  }
`,
    },
    {
      file: 'direct-messages.ts',
      from: `    const messages = between(id, them)
    if (hasRead(id, them)) tell(id)
    return { messages }`,
      to: `    hasRead(id, them)
    tell(id)
    return { messages: between(id, them) }`,
    },
  ],
} satisfies Right
