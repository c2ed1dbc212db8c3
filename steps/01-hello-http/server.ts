import { createServer } from 'node:http'
import express from 'express'
import { listen } from '#shared/serve/listen'

const app = express()

app.use((request, response, next) => {
  // "close" comes when the answer is out: only then is its status known.
  response.on('close', () => console.log(request.method, request.originalUrl, response.statusCode))
  next()
})

app.get('/', (request, response) => {
  response.send('Hello World!')
})

app.use((request, response) => {
  response.status(404).type('text').send(`There is nothing at ${request.path}`)
})

await listen(createServer(app))
