import { createServer } from 'node:http'
import express from 'express'
import { Server } from 'socket.io'
import { listen } from '#shared/serve/listen'
import { page } from '#shared/serve/page'
import type { ClientEvents, ServerEvents } from './events.ts'

const longestMessage = 2_000 // characters
const largestPacket = 2_000_000 // bytes; above it Socket.IO hangs up without a word

const app = express()

app.use((request, response, next) => {
  // "close" comes when the answer is out: only then is its status known.
  response.on('close', () => console.log(request.method, request.originalUrl, response.statusCode))
  next()
})

app.use(page(import.meta.dirname))

app.use((request, response) => {
  response.status(404).type('text').send(`There is nothing at ${request.path}`)
})

const server = createServer(app)
const io = new Server<ClientEvents, ServerEvents>(server, { maxHttpBufferSize: largestPacket })

io.on('connection', (socket) => {
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
    socket.emit('refused', { error: `A message is a text of 1 to ${longestMessage} characters.` })
  }
})

// The type says string, but types stop at the network: a guest may send anything.
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longestMessage
}

await listen(server)
