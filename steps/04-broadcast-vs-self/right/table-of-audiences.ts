import type { Right } from '#shared/check/wrong'

export default {
  story:
    'one loop over a table of audiences, test.except(), the count in socket.data, other refusal and log lines',
  changes: [
    {
      file: 'server.ts',
      from: `  let count = 0 // one per guest: declared outside, all guests would share it

  console.log('a guest connected')
  socket.on('disconnect', () => console.log('a guest left'))
  socket.emit('display_message', { data: 'Connected', count })

  socket.on('send_to_self', (message) => {
    const line = lineFrom(message)
    if (line) socket.emit('display_message', line)
  })

  socket.on('send_to_all', (message) => {
    const line = lineFrom(message)
    if (line) test.emit('display_message', line)
  })

  socket.on('send_to_others', (message) => {
    const line = lineFrom(message)
    if (line) socket.broadcast.emit('display_message', line)
  })

  function lineFrom(message: Said): Line | undefined {
    if (isText(message?.data)) return { data: message.data, count: ++count }
    socket.emit('refused', { error: \`A message is a text of 1 to \${longestMessage} characters.\` })
  }
})`,
      to: `  socket.data.said = 0
  const others = () => test.except(socket.id)
  const say = {
    send_to_self: (line: Line) => socket.emit('display_message', line),
    send_to_all: (line: Line) => test.emit('display_message', line),
    send_to_others: (line: Line) => others().emit('display_message', line),
  }

  for (const name of Object.keys(say) as (keyof typeof say)[]) {
    socket.on(name, (message: Said) => {
      const data: unknown = message?.data
      if (!isText(data)) {
        socket.emit('refused', { error: 'That is no message' })
        return
      }
      socket.data.said += 1
      say[name]({ count: socket.data.said, data })
    })
  }

  socket.emit('display_message', { count: 0, data: 'Connected' })
  console.log('hello', socket.id)
  socket.on('disconnecting', () => console.log('bye', socket.id))
})`,
    },
  ],
} satisfies Right
