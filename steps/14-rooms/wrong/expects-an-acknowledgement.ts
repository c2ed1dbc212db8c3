import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a page always asks for the acknowledgement, so there is one',
  changes: [
    {
      file: 'rooms.ts',
      from: `  hear(socket, 'create room', table.roomName, (name) => {
    const room = table.createRoom(name, id)
    if (room === undefined) throw new Refusal(\`There is a room \${name} already.\`)
`,
      to: `  socket.on('create room', (wanted, acknowledge) => {
    const { data: name, error } = table.roomName.safeParse(wanted)
    if (name === undefined) return acknowledge({ ok: false, error: error?.message ?? '' })
    const room = table.createRoom(name, id)
    if (room === undefined) return acknowledge({ ok: false, error: 'There is such a room already.' })
`,
    },
    {
      file: 'rooms.ts',
      from: `    return { id: room }
`,
      to: `    acknowledge({ ok: true, id: room })
`,
    },
  ],
  fails: 'no event needs an acknowledgement',
  says: 'and not socket.on',
} satisfies Wrong
