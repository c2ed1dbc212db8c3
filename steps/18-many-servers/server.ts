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
import { DatabaseError } from './database.ts'
import { directMessages } from './direct-messages.ts'
import { answerErrors } from './errors.ts'
import { health } from './health.ts'
import type { Chat } from './hear.ts'
import { insideRoom } from './inside-room.ts'
import { closeAll, leave } from './leave.ts'
import { log, logError } from './log.ts'
import { isOurs } from './origin.ts'
import { personOf } from './people.ts'
import { sharePresence } from './presence-shared.ts'
import { tabsOf } from './presence.ts'
import { quickRedis, redis, whenBack } from './redis.ts'
import { register } from './register.ts'
import { rooms } from './rooms.ts'
import { endings, sessions } from './sessions.ts'
import { throttle } from './throttle.ts'

const largestPacket = 64_000 // bytes; above it Socket.IO hangs up without a word
const maxTabs = 20 // of one person

const app = express()
app.set('trust proxy', 'loopback') // so that a tunnel's https counts, and the cookie is marked as secure

app.use(health()) // before the log, which it would fill

app.use((request, response, next) => {
  const startedAt = performance.now()
  // "close" comes when the answer is out: only then is its status known.
  response.on('close', () => {
    const ms = Math.round(performance.now() - startedAt)
    log(`${request.method} ${request.originalUrl} ${response.statusCode} in ${ms} ms`)
  })
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

io.use((socket, next) => {
  // Read anew, and not from the handshake: in between, it may have ended.
  socket.request.session.reload(async (missing: unknown) => {
    try {
      if (missing instanceof DatabaseError) throw missing
      const person = missing ? undefined : await personOf(socket.request.session)
      if (!person) return next(Object.assign(new Error('Log in first.'), { data: { code: 'unauthorized' } }))
      if (tabsOf(person.id) >= maxTabs)
        return next(new Error(`You have ${maxTabs} tabs open: close one first.`))
      socket.data.person = person
      next()
    } catch (error) {
      logError(error)
      socket.conn.close() // The page tries again by itself.
    }
  })
})

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
