import { createServer } from 'node:http'
import express from 'express'
import { Server } from 'socket.io'
import { listen } from '#shared/serve/listen'
import { page } from '#shared/serve/page'
import { accounts } from './accounts.ts'
import { board } from './board.ts'
import { catchUp } from './catch-up.ts'
import { chat } from './chat.ts'
import { directMessages } from './direct-messages.ts'
import { answerErrors } from './errors.ts'
import { guard, type Chat } from './hear.ts'
import { insideRoom } from './inside-room.ts'
import { isOurs } from './origin.ts'
import { personOf } from './people.ts'
import { register } from './register.ts'
import { rooms } from './rooms.ts'
import { endings, sessions } from './sessions.ts'
import { throttle } from './throttle.ts'

const largestPacket = 64_000 // bytes; above it Socket.IO hangs up without a word
const maxTabs = 20 // of one person

const app = express()
app.set('trust proxy', 'loopback') // so that a tunnel's https counts, and the cookie is marked as secure

app.use((request, response, next) => {
  // "close" comes when the answer is out: only then is its status known.
  response.on('close', () => console.log(request.method, request.originalUrl, response.statusCode))
  next()
})

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

app.get('/', (request, response, next) => {
  if (personOf(request.session)) next()
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
})

io.engine.use(sessions)

io.use((socket, next) => {
  // Read anew, and not from the handshake: in between, it may have ended.
  socket.request.session.reload((missing: unknown) => {
    const person = missing ? undefined : personOf(socket.request.session)
    if (!person) return next(Object.assign(new Error('Log in first.'), { data: { code: 'unauthorized' } }))
    const tabs = io.sockets.adapter.rooms.get(`user:${person.id}`)?.size ?? 0
    if (tabs >= maxTabs) return next(new Error(`You have ${maxTabs} tabs open: close one first.`))
    socket.data.person = person
    next()
  })
})

endings.on('ended', (sessionId) => io.in(`session:${sessionId}`).disconnectSockets(true))

io.on('connection', (socket) => {
  throttle(socket)
  void socket.join(`session:${socket.request.sessionID}`)
  guard(socket, () => chat(io, socket))
  guard(socket, () => directMessages(io, socket))
  guard(socket, () => rooms(io, socket))
  guard(socket, () => insideRoom(io, socket))
  guard(socket, () => catchUp(socket))
})

await listen(server)
