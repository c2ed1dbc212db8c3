import { createServer } from 'node:http'
import express from 'express'
import { Server } from 'socket.io'
import { listen } from '#shared/serve/listen'
import { page } from '#shared/serve/page'
import { accounts } from './accounts.ts'
import { adapterFor } from './adapter.ts'
import { announce } from './announce.ts'
import { board } from './board.ts'
import { catchUp } from './catch-up.ts'
import { chat } from './chat.ts'
import { directMessages } from './direct-messages.ts'
import { letIn } from './door.ts'
import { answerErrors } from './errors.ts'
import { health } from './health.ts'
import type { Chat } from './hear.ts'
import { insideRoom } from './inside-room.ts'
import { closeAll, leave } from './leave.ts'
import { logRequests } from './log.ts'
import { isOurs } from './origin.ts'
import { personOf } from './people.ts'
import { sharePresence } from './presence-shared.ts'
import { quickRedis, redis, whenBack } from './redis.ts'
import { register } from './register.ts'
import { rooms } from './rooms.ts'
import { endings, sessions } from './sessions.ts'
import { throttle } from './throttle.ts'

const largestPacket = 64_000 // bytes; above it Socket.IO hangs up without a word

const app = express()
app.set('trust proxy', process.env.TRUST_PROXY || 'loopback') // so that a proxy's https counts, and the cookie is marked as secure

app.use(health()) // before the log, which it would fill

app.use(logRequests)

app.use((request, response, next) => {
  if (['GET', 'HEAD'].includes(request.method) || isOurs(request)) return next()
  response.status(403).type('text').send('This form comes from a page of somebody else.')
})

app.use(sessions)
app.use(express.urlencoded({ extended: false, limit: '10kb' }))
app.use(register(), accounts())
app.use(
  '/board',
  board((post) => io.emit('post published', post)),
)

app.get('/', async (request, response, next) => {
  if (await personOf(request.session)) next()
  else response.redirect(303, '/login')
})

app.use(page(import.meta.dirname))

app.use((request, response) => {
  response.status(404).type('text').send(`There is nothing at ${request.path}`)
})

app.use(answerErrors)

const server = createServer(app)
const io: Chat = new Server(server, {
  maxHttpBufferSize: largestPacket,
  allowRequest: (request, answer) => answer(null, isOurs(request)), // by default a WebSocket from anywhere opens
  ...(redis && { adapter: adapterFor(redis) }),
})

io.engine.use(sessions)

io.use(letIn)

endings.on('ended', (sessionId) => io.in(`session:${sessionId}`).disconnectSockets(true))

announce(io)
if (quickRedis) sharePresence(io, quickRedis)
whenBack(() => closeAll(io))

io.on('connection', (socket) => {
  throttle(socket)
  void socket.join(`session:${socket.request.sessionID}`)
  chat(io, socket)
  directMessages(io, socket)
  rooms(io, socket)
  insideRoom(io, socket)
  catchUp(socket)
})

await listen(server, (closed) => leave(io, closed))
