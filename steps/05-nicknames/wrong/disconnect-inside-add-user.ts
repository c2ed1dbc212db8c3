import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'only who asked for a name can leave, so disconnect is heard inside add user, at its top: one handler for each try',
  changes: [
    {
      file: 'server.ts',
      from: `
  socket.on('disconnect', () => {
    if (!username) return
    taken.delete(username.toLowerCase())
    socket.broadcast.emit('user left', { username, numUsers: taken.size })
    console.log(JSON.stringify(username), 'left')
  })
`,
      to: ``,
    },
    {
      file: 'server.ts',
      from: `  socket.on('add user', (wanted, acknowledge) => {
`,
      to: `  socket.on('add user', (wanted, acknowledge) => {
    socket.on('disconnect', () => {
      if (!username) return
      taken.delete(username.toLowerCase())
      socket.broadcast.emit('user left', { username, numUsers: taken.size })
      console.log(JSON.stringify(username), 'left')
    })
`,
    },
  ],
  fails: 'a name is taken once, whatever its case',
  says: "is socket.on('disconnect') inside another handler?",
} satisfies Wrong
