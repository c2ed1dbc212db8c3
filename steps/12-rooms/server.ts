import { createServer } from 'node:http'
import express, { type ErrorRequestHandler } from 'express'
import { Server, type DefaultEventsMap } from 'socket.io'
import { z } from 'zod'
import { listen } from '#shared/serve/listen'
import { page } from '#shared/serve/page'
import { accounts, personOf } from './accounts.ts'
import { board } from './board.ts'
import { database } from './database.ts'
import { between, conversationsOf, hasRead, keepDirect } from './direct-messages.ts'
import type { ClientEvents, Kept, Person, ServerEvents } from './events.ts'
import { isOurs } from './origin.ts'
import { comes, everybody, goes } from './presence.ts'
import {
  createRoom,
  isMember,
  joinRoom,
  keepInRoom,
  leaveRoom,
  membersOf,
  roomHistory,
  roomsFor,
} from './rooms.ts'
import { sessions } from './sessions.ts'

const longestMessage = 2_000 // characters
const mostAtOnce = 100 // events that a guest may send in one go: nobody types that fast
const perSecond = Number(process.env.EVENTS_PER_SECOND) || 10 // how many more each second brings
const largestPacket = 64_000 // bytes; above it Socket.IO hangs up without a word
const longestHistory = 50 // messages

// The question marks are filled in by SQLite, which never takes what stands there for SQL.
const keep = database.prepare('INSERT INTO messages (username, message, at) VALUES (?, ?, ?)')
const newest = database.prepare<[number], Kept>('SELECT * FROM messages ORDER BY id DESC LIMIT ?')

const roomName = z.string().trim().min(1).max(30)
const roomMessage = z.object({ room: z.int(), message: z.string().max(longestMessage).refine(isText) })
const directMessage = z.object({ to: z.int(), message: z.string().max(longestMessage).refine(isText) })

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
  const mine = userRoom(person.id) // all of this person's tabs
  let isTyping = false
  let allowance = mostAtOnce // what this guest may still send
  let countedAt = performance.now()
  let typingIn: number | undefined // a room's number
  const own = roomsFor(person.id).filter((room) => room.isMember)
  void socket.join([mine, sessionRoom(socket.request.sessionID), ...own.map(({ id }) => chatRoom(id))])

  if (comes(person)) {
    socket.broadcast.emit('user joined', { username, numUsers: everybody().length })
    socket.broadcast.emit('users', everybody())
    console.log('%s joined', JSON.stringify(username))
  }
  socket.emit('login', { username, numUsers: everybody().length })
  socket.emit('history', newest.all(longestHistory).toReversed())
  socket.emit('users', everybody())
  socket.emit('conversations', conversationsOf(person.id))
  socket.emit('rooms', roomsFor(person.id))

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

  socket.on('direct message', (wanted, acknowledge) => {
    const { success, data } = directMessage.safeParse(wanted)
    if (!success)
      return refuse('A direct message is { to, message }: a number, and 1 to 2000 characters.', acknowledge)
    const direct = keepDirect(person.id, data.to, data.message)
    if (!direct) return refuse('There is nobody to get this message.', acknowledge)
    accept(acknowledge)
    io.to([mine, userRoom(direct.to)]).emit('direct message', direct)
    for (const id of [direct.from, direct.to]) tellConversations(id)
  })

  socket.on('direct history', (wanted, acknowledge) => {
    const other = z.int().safeParse(wanted).data
    if (other === undefined)
      return refuse('A history is asked for by the number of the other one.', acknowledge)
    if (isFunction(acknowledge)) acknowledge({ ok: true, messages: between(person.id, other) })
    if (hasRead(person.id, other)) tellConversations(person.id)
  })

  socket.on('direct read', (wanted) => {
    const other = z.int().safeParse(wanted).data
    if (other !== undefined && hasRead(person.id, other)) tellConversations(person.id)
  })

  socket.on('create room', (wanted, acknowledge) => {
    const { success, data: name } = roomName.safeParse(wanted)
    if (!success) return refuse('A room has a name of 1 to 30 characters.', acknowledge)
    const id = createRoom(name, person.id)
    if (id === undefined) return refuse(`There is a room ${name} already.`, acknowledge)
    io.in(mine).socketsJoin(chatRoom(id)) // all of this person's tabs
    if (isFunction(acknowledge)) acknowledge({ ok: true, id })
    tellRooms()
  })

  socket.on('join room', (wanted, acknowledge) => {
    const room = z.int().safeParse(wanted).data
    if (room === undefined || !joinRoom(room, person.id)) return refuse('There is no such room.', acknowledge)
    io.in(mine).socketsJoin(chatRoom(room))
    accept(acknowledge)
    tellMembers(room)
  })

  socket.on('leave room', (wanted, acknowledge) => {
    const room = z.int().safeParse(wanted).data
    if (room === undefined || !leaveRoom(room, person.id))
      return refuse('You are not in this room.', acknowledge)
    if (typingIn === room) stopRoomTyping()
    io.in(mine).socketsLeave(chatRoom(room))
    accept(acknowledge)
    tellMembers(room)
  })

  socket.on('room message', (wanted, acknowledge) => {
    const { success, data } = roomMessage.safeParse(wanted)
    if (!success)
      return refuse('A room message is { room, message }: a number, and 1 to 2000 characters.', acknowledge)
    if (!isMember(data.room, person.id)) return refuse('You are not in this room.', acknowledge)
    const said = keepInRoom(data.room, username, data.message)
    accept(acknowledge)
    if (said) io.to(chatRoom(data.room)).emit('room message', said)
  })

  socket.on('room history', (wanted, acknowledge) => {
    const room = z.int().safeParse(wanted).data
    if (room === undefined || !isMember(room, person.id))
      return refuse('You are not in this room.', acknowledge)
    if (isFunction(acknowledge))
      acknowledge({ ok: true, messages: roomHistory(room), members: membersOf(room) })
  })

  socket.on('room typing', (wanted) => {
    const room = z.int().safeParse(wanted).data
    if (room === undefined || !isMember(room, person.id)) return
    if (typingIn !== room) stopRoomTyping()
    typingIn = room
    socket.to(chatRoom(room)).except(mine).emit('room typing', { room, username })
  })

  socket.on('stop room typing', stopRoomTyping)

  function stopRoomTyping() {
    if (typingIn === undefined) return
    socket.to(chatRoom(typingIn)).except(mine).emit('stop room typing', { room: typingIn, username })
    typingIn = undefined
  }

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
    stopRoomTyping()
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

/** To all tabs of this person. */
function tellConversations(id: number) {
  io.to(userRoom(id)).emit('conversations', conversationsOf(id))
}

/** To all who are here, each as they see it. */
function tellRooms() {
  for (const { id } of everybody()) io.to(userRoom(id)).emit('rooms', roomsFor(id))
}

function tellMembers(room: number) {
  io.to(chatRoom(room)).emit('room members', { room, members: membersOf(room) })
  tellRooms()
}

/** The sockets of a room's members. Its name cannot be that of another kind of room. */
function chatRoom(id: number) {
  return `room:${id}`
}

/** All tabs of one person. */
function userRoom(id: number) {
  return `user:${id}`
}

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

function isFunction(value: unknown): value is (answer: object) => void {
  return typeof value === 'function'
}

await listen(server)
