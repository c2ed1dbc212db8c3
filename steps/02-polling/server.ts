import { createServer } from 'node:http'
import express, { type ErrorRequestHandler } from 'express'
import { listen } from '#shared/serve/listen'
import { page } from '#shared/serve/page'
import type { Message } from './events.ts'

const longestMessage = 2_000 // characters
const mostMessages = 500

const app = express()

app.use((request, response, next) => {
  // "close" comes when the answer is out: only then is its status known.
  response.on('close', () => console.log(request.method, request.originalUrl, response.statusCode))
  next()
})

app.use(page(import.meta.dirname))
app.use(express.json())

const messages: Message[] = [] // In memory, so a restart forgets it. Step 8 keeps it on disk.
let lastId = 0

app.get('/messages', (request, response) => {
  const after = Number(request.query.after ?? 0)
  if (!Number.isSafeInteger(after) || after < 0) {
    response
      .status(400)
      .json({ error: 'What follows after= is the number of the last message that you have, or 0.' })
    return
  }
  response.json(messages.filter((message) => message.id > after))
})

app.post('/messages', (request, response) => {
  const text: unknown = request.body?.text // A type stops at the network: a guest may send anything.
  if (typeof text !== 'string' || text.trim() === '' || text.length > longestMessage) {
    response.status(400).json({ error: `A message is a text of 1 to ${longestMessage} characters.` })
    return
  }
  const message = { id: ++lastId, text }
  messages.push(message)
  if (messages.length > mostMessages) messages.shift() // Nobody may fill our memory by talking.
  response.status(201).json(message)
})

app.use((request, response) => {
  response.status(404).type('text').send(`There is nothing at ${request.path}`)
})

// Express hands a body that is no JSON, or too long, to the handler with four parameters.
const refuse: ErrorRequestHandler = (error, _request, response, _next) => {
  response.status(error.status ?? 500).json({ error: `That could not be read: ${error.message}` })
}
app.use(refuse)

await listen(createServer(app))
