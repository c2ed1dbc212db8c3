// Step 6's chat as far as messages go, with a loop over the guests in the place of one broadcast. It does the same, and
// puts the same packet together once for each guest.
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { listen } from '#shared/serve/listen'

const server = createServer()
const io = new Server(server)

io.on('connection', (socket) => {
  let username: string | undefined

  socket.on('add user', (name: unknown) => {
    if (typeof name !== 'string') return
    username = name
    socket.emit('login', { numUsers: io.engine.clientsCount })
    socket.broadcast.emit('user joined', { username, numUsers: io.engine.clientsCount })
  })

  socket.on('new message', (message: unknown) => {
    if (!username || typeof message !== 'string') return
    for (const other of io.sockets.sockets.values()) {
      if (other !== socket) other.emit('new message', { username, message })
    }
  })
})

await listen(server)
