import type { Right } from '#shared/check/wrong'

export default {
  story:
    'handlers are functions outside that are given the socket; early returns; other words in log and refusal',
  changes: [
    {
      file: 'server.ts',
      from: `io.on('connection', (socket) => {
  console.log('a guest connected over', socket.conn.transport.name)
  socket.conn.on('upgrade', (transport) => console.log('upgraded to', transport.name))
  socket.on('disconnect', (reason) => console.log('a guest left:', reason))

  socket.on('connect-ack', (greeting) => {
    if (!isText(greeting?.messages)) return refuse()
    console.log('a guest says', JSON.stringify(greeting.messages))
  })

  socket.on('echo', (text) => {
    if (!isText(text)) return refuse()
    socket.emit('echo', text)
  })

  function refuse() {
    socket.emit('refused', { error: \`A message is a text of 1 to \${longestMessage} characters.\` })
  }
})

// The type says string, but types stop at the network: a guest may send anything.
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longestMessage
}
`,
      to: `type Guest = Socket<ClientEvents, ServerEvents>

const isText = (value: unknown): value is string => {
  if (typeof value !== 'string') return false
  if (!/\\S/.test(value)) return false
  return value.length < longestMessage + 1
}

const refuse = (guest: Guest) => guest.emit('refused', { error: 'Please send between one and two thousand characters' })

function greeted(this: Guest, greeting: { messages: string }) {
  const words: unknown = greeting?.messages
  if (isText(words)) console.log(\`\${this.id} greets us with \${JSON.stringify(words)}\`)
  else refuse(this)
}

function welcome(guest: Guest) {
  const connection = guest.conn
  console.log(\`[+] \${guest.id} over \${connection.transport.name}\`)
  connection.once('upgrade', ({ name }) => console.log(\`[^] upgraded to \${name}\`))
  guest.once('disconnect', (why) => console.log(\`[-] \${guest.id}: \${why}\`))
  guest.on('connect-ack', greeted.bind(guest))
  guest.on('echo', (said) => {
    if (isText(said)) guest.emit('echo', said)
    else refuse(guest)
  })
}

io.on('connection', welcome)
`,
    },
    {
      file: 'server.ts',
      from: `import { Server } from 'socket.io'`,
      to: `import { Server, type Socket } from 'socket.io'`,
    },
  ],
} satisfies Right
