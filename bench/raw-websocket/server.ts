// What Socket.IO is held against: the same chat on ws alone. Who connects has a name; each message goes to all others.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { listen } from '#shared/serve/listen'

const maxMessageLength = 2_000 // characters

const server = createServer()
const sockets = new WebSocketServer({ server })
let guests = 0

sockets.on('connection', (socket) => {
  const username = `guest-${String(guests++).padStart(4, '0')}`

  socket.on('message', (data) => {
    const { message } = JSON.parse(String(data))
    if (typeof message !== 'string' || message.length > maxMessageLength) return
    const said = JSON.stringify({ username, message })
    for (const other of sockets.clients) if (other !== socket) other.send(said)
  })
  socket.on('error', () => socket.terminate()) // A guest that sends what is no frame is hung up on.
})

await listen(server)
