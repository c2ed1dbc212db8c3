import { createServer } from 'node:http'
import express from 'express'
import { Server } from 'socket.io'
import { listen } from '#shared/serve/listen'
import { page } from '#shared/serve/page'
import type { ClientEvents, Line, Said, ServerEvents } from './events.ts'

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

const test = io.of('/test')

test.on('connection', (socket) => {
  let count = 0 // one per guest: declared outside, all guests would share it

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
    socket.emit('refused', { error: `A message is a text of 1 to ${longestMessage} characters.` })
  }
})

// The type says string, but types stop at the network: a guest may send anything.
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longestMessage
}

await listen(server)
