import { createServer } from 'node:http'
import express from 'express'
import { Server } from 'socket.io'
import { listen } from '#shared/serve/listen'
import { page } from '#shared/serve/page'
import type { ClientEvents, ServerEvents } from './events.ts'

const longestName = 14 // characters
const longestMessage = 2_000 // characters
const largestPacket = 64_000 // bytes; above it Socket.IO hangs up without a word
const mostAtOnce = 100 // events that a guest may send in one go: nobody types that fast
const perSecond = Number(process.env.EVENTS_PER_SECOND) || 10 // how many more each second brings
const mostRefusals = 1_000 // of one connection; then it is closed
const mostWaiting = 1_000 // packets that a guest has not fetched; then the connection is closed
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u // control, direction, no width, no ink
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u // a letter, a digit, a sign

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

const taken = new Set<string>() // the names of all who are here, in lower case: one set for everybody

io.on('connection', (socket) => {
  let username: string | undefined // one per guest: declared outside, all guests would share it
  let allowance = mostAtOnce // what this guest may still send
  let countedAt = performance.now()
  let refusals = 0
  let waiting = 0 // packets that this guest has not fetched

  // Each event costs one. Who has none left is told so, and the others hear nothing of it.
  socket.use(([, ...sent], next) => {
    const now = performance.now()
    allowance = Math.min(mostAtOnce, allowance + ((now - countedAt) / 1000) * perSecond)
    countedAt = now
    if (allowance < 1) return refuse(`Slow down: ${perSecond} a second is the most.`, sent.at(-1))
    allowance--
    next()
  })

  socket.conn.on('flush', () => {
    waiting = 0
  })
  socket.conn.on('packetCreate', () => {
    waiting++
    if (waiting > mostWaiting) socket.conn.close()
  })

  socket.on('add user', (wanted, acknowledge) => {
    if (username) return refuse(`You are ${username} already.`, acknowledge)
    const name = isText(wanted) ? wanted.trim() : ''
    if (name === '' || name.length > longestName) {
      return refuse(`A name has 1 to ${longestName} characters.`, acknowledge)
    }
    if (unseen.test(name) || !seen.test(name)) {
      return refuse('A name may only have characters that can be seen.', acknowledge)
    }
    if (taken.has(name.toLowerCase())) return refuse(`Somebody here is called ${name} already.`, acknowledge)

    username = name
    taken.add(name.toLowerCase())
    accept(acknowledge)
    socket.emit('login', { numUsers: taken.size })
    socket.broadcast.emit('user joined', { username, numUsers: taken.size })
    console.log('%s joined', JSON.stringify(username))
  })

  socket.on('new message', (message, acknowledge) => {
    if (!username) return refuse('Choose a name before you speak.', acknowledge)
    if (!isText(message))
      return refuse(`A message is a text of 1 to ${longestMessage} characters.`, acknowledge)
    accept(acknowledge)
    socket.broadcast.emit('new message', { username, message })
  })

  // Nobody is refused here: when one of these two is lost, or comes too early, nothing is lost with it.
  socket.on('typing', () => {
    if (username) socket.broadcast.emit('typing', { username })
  })

  socket.on('stop typing', () => {
    if (username) socket.broadcast.emit('stop typing', { username })
  })

  socket.on('disconnect', () => {
    if (!username) return
    taken.delete(username.toLowerCase())
    socket.broadcast.emit('user left', { username, numUsers: taken.size })
    console.log('%s left', JSON.stringify(username))
  })

  /** Says no to this guest alone: in the acknowledgement when they asked for one, else as an event. */
  function refuse(error: string, acknowledge: unknown) {
    refusals++
    if (refusals > mostRefusals) return socket.conn.close()
    if (typeof acknowledge === 'function') acknowledge({ ok: false, error })
    else socket.emit('refused', { error })
  }
})

function accept(acknowledge: unknown) {
  if (typeof acknowledge === 'function') acknowledge({ ok: true })
}

// The type says string, but types stop at the network: a guest may send anything.
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longestMessage
}

await listen(server)
