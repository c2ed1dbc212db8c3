import type { Right } from '#shared/check/wrong'

export default {
  story:
    'socket.data on the server and except() for the others; on the page a debounce helper, the first key volatile, the form reset',
  changes: [
    {
      file: 'server.ts',
      from: `    if (username) socket.broadcast.emit('typing', { username })`,
      to: `    tellOthers('typing')`,
    },
    {
      file: 'server.ts',
      from: `    if (username) socket.broadcast.emit('stop typing', { username })`,
      to: `    tellOthers('stop typing')`,
    },
    {
      file: 'server.ts',
      from: `  /** Says no to this guest alone`,
      to: `  function tellOthers(event: 'typing' | 'stop typing') {
    if (username === undefined) return
    io.except(socket.id).emit(event, { username })
  }

  /** Says no to this guest alone`,
    },
    {
      file: 'page/client.ts',
      from: `view.input.addEventListener('input', () => {
  if (!socket.connected) return
  if (!typing) socket.emit('typing')
  typing = true
  clearTimeout(pause)
  pause = setTimeout(stopTyping, pauseMs)
})
`,
      to: `const stopLater = () => {
  clearTimeout(pause)
  pause = setTimeout(() => stopTyping(), pauseMs)
}

view.form.addEventListener('input', ({ target }) => {
  if (target !== view.input || !socket.connected) return
  if (!typing) {
    typing = true
    socket.volatile.emit('typing')
  }
  stopLater()
})
`,
    },
    {
      file: 'page/client.ts',
      from: `  view.input.value = ''
  stopTyping()
`,
      to: `  stopTyping()
  view.form.reset()
`,
    },
    {
      file: 'page/client.ts',
      from: `socket.on('new message', ({ username, message }) => {
  view.removeTypist(username)
  view.say(username, message)
})`,
      to: `socket.on('new message', (said) => {
  view.say(said.username, said.message)
  view.removeTypist(said.username)
})`,
    },
  ],
} satisfies Right
