import type { Right } from '#shared/check/wrong'

export default {
  story: 'the room without this tab; the answer is made of what was kept; rooms are called by another word',
  changes: [
    {
      file: 'chat.ts',
      from: `    socket.to(\`room:\${room}\`).emit('new message', kept)
    return { id: kept.id, at: kept.at }
`,
      to: `    io.to(\`room:\${room}\`).except(socket.id).emit('new message', kept)
    const { id, at } = kept
    return { at, id }
`,
    },
    {
      file: 'chat.ts',
      from: `    if (!isMember(room, person.id)) throw new Refusal('You are not in this room.')
`,
      to: `    if (!isMember(room, person.id)) throw new Refusal('Join the room first.')
`,
    },
  ],
} satisfies Right
