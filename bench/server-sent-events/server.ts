// The road between polling and WebSocket: the server tells by an answer that never ends (server-sent events, in the
// HTML standard), guests speak by POST. The chat of step 6 as far as the bench needs it.
import { createServer, type ServerResponse } from 'node:http'
import express from 'express'
import { listen } from '#shared/serve/listen'

const maxMessageLength = 2_000 // characters
const heartbeatMs = 25_000 // as often as Socket.IO

const app = express()
app.use(express.json())

const listeners = new Set<ServerResponse>()

app.get('/events', (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write(': welcome\n\n') // a comment: EventSource tells the page that it is open
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs)
  listeners.add(response)
  response.on('close', () => {
    clearInterval(heartbeat)
    listeners.delete(response)
  })
})

app.post('/messages', (request, response) => {
  const username: unknown = request.body?.username
  const message: unknown = request.body?.message
  if (typeof username !== 'string' || typeof message !== 'string' || message.length > maxMessageLength) {
    response.status(400).json({ error: `A message is a text of 1 to ${maxMessageLength} characters.` })
    return
  }
  const event = `data: ${JSON.stringify({ username, message })}\n\n`
  for (const listener of listeners) listener.write(event)
  response.status(201).json({ ok: true })
})

await listen(createServer(app))
