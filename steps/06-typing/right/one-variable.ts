import type { Right } from '#shared/check/wrong'

export default {
  story:
    'the timer itself says whether one is typing; rows with an ellipsis in other markup; the server passes both on in a loop',
  changes: [
    {
      file: 'page/client.ts',
      from: `let typing = false
let pause: ReturnType<typeof setTimeout>
`,
      to: `let timer: number | undefined
`,
    },
    {
      file: 'page/client.ts',
      from: `  typing = false
  view.removeTypists() // If somebody stops now, we shall not hear it.
`,
      to: `  window.clearTimeout(timer)
  timer = undefined
  view.removeTypists()
`,
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

function stopTyping() {
  clearTimeout(pause)
  if (typing && socket.connected) socket.emit('stop typing')
  typing = false
}
`,
      to: `view.input.oninput = () => {
  if (socket.disconnected) return
  if (timer === undefined) socket.emit('typing')
  else window.clearTimeout(timer)
  timer = window.setTimeout(stopTyping, pauseMs)
}

function stopTyping() {
  if (timer === undefined) return
  window.clearTimeout(timer)
  timer = undefined
  if (socket.connected) socket.emit('stop typing')
}
`,
    },
    {
      file: 'page/view.ts',
      from: `row.textContent = \`\${username} is typing\``,
      to: `row.textContent = \`\${username} is typing…\``,
    },
    {
      file: 'page/index.html',
      from: `<ul id="typing" aria-label="Typing"></ul>`,
      to: `<div class="below"><ol id="typing" aria-live="polite" aria-label="Who is typing"></ol></div>`,
    },
    {
      file: 'server.ts',
      from: `  socket.on('typing', () => {
    if (username) socket.broadcast.emit('typing', { username })
  })

  socket.on('stop typing', () => {
    if (username) socket.broadcast.emit('stop typing', { username })
  })
`,
      to: `  for (const event of ['typing', 'stop typing'] as const) {
    socket.on(event, () => {
      if (!username) return
      socket.broadcast.emit(event, { username })
    })
  }
`,
    },
  ],
} satisfies Right
