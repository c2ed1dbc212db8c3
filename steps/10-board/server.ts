import { createServer } from 'node:http'
import express, { type ErrorRequestHandler } from 'express'
import { Server, type DefaultEventsMap } from 'socket.io'
import { listen } from '#shared/serve/listen'
import { page } from '#shared/serve/page'
import { accounts, personOf } from './accounts.ts'
import { board } from './board.ts'
import { database } from './database.ts'
import type { Acknowledge, ClientEvents, Kept, Person, ServerEvents } from './events.ts'
import { isOurs } from './origin.ts'
import { comes, everybody, goes } from './presence.ts'
import { sessions } from './sessions.ts'

const longestMessage = 2_000 // characters
const mostAtOnce = 100 // events that a guest may send in one go: nobody types that fast
const perSecond = Number(process.env.EVENTS_PER_SECOND) || 10 // how many more each second brings
const largestPacket = 64_000 // bytes; above it Socket.IO hangs up without a word
const longestHistory = 50 // messages

// The question marks are filled in by SQLite, which never takes what stands there for SQL.
const keep = database.prepare('INSERT INTO messages (username, message, at) VALUES (?, ?, ?)')
const newest = database.prepare<[number], Kept>('SELECT * FROM messages ORDER BY id DESC LIMIT ?')

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
app.use(accounts((sessionId) => io.in(sessionRoom(sessionId)).disconnectSockets(true)))
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

// Express hands a body that cannot be read to the handler with four parameters.
const refuseBody: ErrorRequestHandler = (error, _request, response, _next) => {
  const status = Number(error.status ?? 500)
  if (status >= 500) console.error(error)
  response
    .status(status)
    .type('text')
    .send(status >= 500 ? 'Something broke here.' : `That could not be read: ${error.message}`)
}
app.use(refuseBody)

const server = createServer(app)
const io = new Server<ClientEvents, ServerEvents, DefaultEventsMap, { person: Person }>(server, {
  maxHttpBufferSize: largestPacket,
  allowRequest: (request, answer) => answer(null, isOurs(request)), // by default a WebSocket from anywhere opens
})

io.engine.use(sessions)

io.use((socket, next) => {
  // Read anew, and not from the handshake: in between, it may have ended.
  socket.request.session.reload((missing: unknown) => {
    const person = missing ? undefined : personOf(socket.request.session)
    if (!person) return next(Object.assign(new Error('Log in first.'), { data: { code: 'unauthorized' } }))
    socket.data.person = person
    next()
  })
})

io.on('connection', (socket) => {
  const { person } = socket.data
  const { username } = person // from the session: whatever a guest says, this is who they are
  const mine = `user:${person.id}` // all of this person's tabs
  let isTyping = false
  let allowance = mostAtOnce // what this guest may still send
  let countedAt = performance.now()
  void socket.join([mine, sessionRoom(socket.request.sessionID)])

  if (comes(person)) {
    socket.broadcast.emit('user joined', { username, numUsers: everybody().length })
    socket.broadcast.emit('users', everybody())
    console.log('%s joined', JSON.stringify(username))
  }
  socket.emit('login', { username, numUsers: everybody().length })
  socket.emit('history', newest.all(longestHistory).toReversed())
  socket.emit('users', everybody())

  // Each event costs one. Who has none left is told so, and the others hear nothing of it.
  socket.use(([, ...sent], next) => {
    const now = performance.now()
    allowance = Math.min(mostAtOnce, allowance + ((now - countedAt) / 1000) * perSecond)
    countedAt = now
    if (allowance < 1) return refuse(`Slow down: ${perSecond} a second is the most.`, sent.at(-1))
    allowance--
    next()
  })

  socket.on('new message', (message, acknowledge) => {
    if (!isText(message) || message.length > longestMessage) {
      return refuse(`A message is a text of 1 to ${longestMessage} characters.`, acknowledge)
    }
    keep.run(username, message, Date.now()) // first of all: what is announced must not be forgotten
    accept(acknowledge)
    socket.broadcast.emit('new message', { username, message })
  })

  // Nobody is refused here: when one of these two is lost, nothing is lost with it.
  socket.on('typing', () => {
    isTyping = true
    socket.broadcast.except(mine).emit('typing', { username })
  })

  socket.on('stop typing', stopTyping)

  function stopTyping() {
    isTyping = false
    socket.broadcast.except(mine).emit('stop typing', { username })
  }

  socket.on('disconnect', () => {
    if (isTyping) stopTyping() // This tab is gone, and the person may have others.
    goes(person, () => {
      io.emit('user left', { username, numUsers: everybody().length })
      io.emit('users', everybody())
      console.log('%s left', JSON.stringify(username))
    })
  })

  /** Says no to this guest alone: in the acknowledgement when they asked for one, else as an event. */
  function refuse(error: string, acknowledge: unknown) {
    if (isFunction(acknowledge)) acknowledge({ ok: false, error })
    else socket.emit('refused', { error })
  }
})

/** All sockets of one session, to be cut when it ends. */
function sessionRoom(sessionId: string) {
  return `session:${sessionId}`
}

function accept(acknowledge: unknown) {
  if (isFunction(acknowledge)) acknowledge({ ok: true })
}

// The types say string and function, but types stop at the network: a guest may send anything.
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function isFunction(value: unknown): value is Acknowledge {
  return typeof value === 'function'
}

await listen(server)
